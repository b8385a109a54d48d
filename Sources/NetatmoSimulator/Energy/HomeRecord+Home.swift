extension HomeRecord {
    /// What `homesdata` says of a home.
    /// - Parameter now: Unix seconds; decides on nothing but the mode.
    init(_ home: SimulatedHome, now: Int) {
        let devices = home.devices.map { device in
            HomeModuleRecord(
                id: device.id, type: device.kind.rawValue, name: device.name, setUpDate: device.setUp, roomID: device.room,
                bridge: device.bridge,
                bridged: device.kind.isRelay ? home.devices.filter { $0.bridge == device.id }.map(\.id) : nil
            )
        }
        let others = home.others.map {
            HomeModuleRecord(id: $0.id, type: $0.type, name: $0.name, setUpDate: $0.setUp, bridge: $0.bridge)
        }
        let idsByRoom = Dictionary(grouping: home.devices) { $0.room ?? "" }
        self.init(
            id: home.id, name: home.name, altitude: home.site.altitude, coordinates: [home.site.longitude, home.site.latitude],
            country: home.site.country, timezone: home.site.timezone, heatingMode: home.isAway(at: now) ? .away : .schedule,
            rooms: home.rooms.map { room in
                RoomRecord(id: room.id, name: room.name, type: room.type, moduleIDs: (idsByRoom[room.id] ?? []).map(\.id))
            },
            // Among the others, as they came into the home.
            modules: others + devices, schedules: home.schedules.map { ScheduleRecord($0, rooms: home.rooms) }
        )
    }
}
