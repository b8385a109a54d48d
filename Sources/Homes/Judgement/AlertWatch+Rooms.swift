extension AlertWatch {
    /// Judges what was measured in rooms, as it judges the modules of stations.
    ///
    /// - Returns: The homes with what is crossed marked in their rooms, and what is new.
    package mutating func judge(_ homes: [EnergyHome], _ freshness: Freshness) -> (homes: [EnergyHome], news: [ReadingAlert]) {
        let (stations, news) = judge(homes.compactMap(\.roomStation), freshness)
        let rooms = stations.lazy.flatMap(\.devices).filter { $0.kind == .room }
        let marks = Dictionary(rooms.map { ($0.id, $0.alerts) }) { first, _ in first }
        return (homes.map { $0.marking(marks) }, news)
    }
}

extension EnergyHome {
    /// The home with what has crossed a limit in its rooms, by their ids.
    fileprivate func marking(_ marks: [String: [AlertRule.Subject: AlertRule.Side]]) -> EnergyHome {
        let rooms = rooms.map { room in
            var room = room
            room.alerts = marks[room.id] ?? [:]
            return room
        }
        return EnergyHome(
            id: id, name: name, timeZone: timeZone, mode: mode, rooms: rooms, devices: devices, schedules: schedules, toldAt: toldAt)
    }
}
