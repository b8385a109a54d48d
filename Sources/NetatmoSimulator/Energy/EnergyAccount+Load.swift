extension EnergyAccount {
    /// A room for each full station of an account for load tests.
    private static let modulesPerRoom = 6
    private static let setUp = 1_600_000_000
    private static let relay = "70:ee:50:f0:00:01"
    /// Rooms of one model share their course, shifted a little from room to room, so that many cost little.
    private static let models = ["living", "bedroom", "kitchen", "office", "bath", "hall"]

    /// One home, the first station's, with a room and its valve for each six modules; none where there are fewer.
    static func homesForLoad(moduleCount: Int) -> [SimulatedHome] {
        let numbers = 0..<max(moduleCount, 0) / Self.modulesPerRoom
        guard !numbers.isEmpty else { return [] }
        return [
            SimulatedHome(
                id: "5f8d0c1e2b3a4c5d00000000", name: "Home 1", site: .bergen, setUp: Self.setUp, presence: .always,
                rooms: numbers.map(Self.room),
                devices: [
                    EnergyDevice(id: Self.relay, kind: .relay, name: "Relay", setUp: Self.setUp, firmware: 236, strength: 52)
                ] + numbers.map(Self.valve),
                schedules: [Self.schedule(rooms: numbers)]
            )
        ]
    }

    private static func room(_ number: Int) -> SimulatedRoom {
        let id = Self.roomID(number)
        return SimulatedRoom(
            id: id, name: "Room \(number + 1)", type: "other", model: Self.models[number % Self.models.count],
            lossHours: Double(10 + number % Self.models.count), shift: StationsReport.shift(of: id)
        )
    }

    private static func valve(_ number: Int) -> EnergyDevice {
        let digits = String(String(0x100_0000 + number, radix: 16).suffix(6))
        let bytes = [digits.prefix(2), digits.dropFirst(2).prefix(2), digits.suffix(2)]
        return EnergyDevice(
            id: "09:00:00:" + bytes.joined(separator: ":"), kind: .valve, name: "Valve \(number + 1)", room: Self.roomID(number),
            bridge: Self.relay, setUp: Self.setUp, firmware: 92, strength: 60 + number % 30, battery: 2250 + number * 37 % 1000
        )
    }

    private static func schedule(rooms: Range<Int>) -> HeatingSchedule {
        let kinds: [(HeatingSchedule.ZoneKind, String, Double)] = [(.day, "Day", 20), (.night, "Night", 17), (.eco, "Eco", 18)]
        return HeatingSchedule(
            id: "5f8d0c1e2b3a4c5d00009000", name: "Schedule", isSelected: true, awayTemperature: 14, frostGuardTemperature: 7,
            zones: kinds.map { kind, name, temperature in
                let temperatures = rooms.map { (Self.roomID($0), temperature + Double($0 % Self.models.count) / 2) }
                return HeatingSchedule.Zone(kind: kind, name: name, temperatures: Dictionary(temperatures) { $1 })
            },
            timetable: .workingWeek
        )
    }

    private static func roomID(_ number: Int) -> String {
        String(3_000_000_000 + number)
    }
}
