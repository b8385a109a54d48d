package import Homes

/// The series of `/metrics` for the past of rooms, and one of our own for that of boilers.
extension PastSeries {
    /// What a home's rooms and boilers are called, as on `/metrics`.
    package struct RoomNames: Sendable {
        package let home: String
        /// By the room's id.
        package let rooms: [String: String]
        /// By the id that the boiler's past is asked by: the name of the device that tells whether it burns.
        package let boilers: [String: String]
    }

    /// The family of a measure of rooms or boilers; `nil` for a measure without.
    package static func familyOfHeating(_ measure: Measure) -> (name: String, help: String)? {
        switch measure {
        case .temperature: familyOfRooms("netatmo_room_temperature_celsius")
        case .setpoint: familyOfRooms("netatmo_room_setpoint_celsius")
        case .boilerMinutes:
            ("netatmo_boiler_minutes_per_hour", "How many minutes of each hour the boiler burned, in the step that begins then")
        default: nil
        }
    }

    private static func familyOfRooms(_ name: String) -> (name: String, help: String)? {
        EnergyMetric.ofRooms.first { $0.name == name }.map { ($0.name, $0.help) }
    }

    /// What the rooms and boilers of each home are called, in the order of the homes.
    package static func names(ofRoomsIn homes: [EnergyHome]) -> [RoomNames] {
        var (rooms, devices) = (UniqueNames(), UniqueNames())
        return homes.map { home in
            let place = [home.displayName]
            let roomNames = home.rooms.map { ($0.id, rooms.take($0.displayName, id: $0.id, in: place)) }
            let deviceNames = Dictionary(home.devices.map { ($0.id, devices.take($0.displayName, id: $0.id, in: place)) }) { first, _ in
                first
            }
            let boilers = (home.roomStation?.devices ?? []).compactMap { device -> (String, String)? in
                guard let boiler = device.readings?.boiler, let teller = home.teller(of: boiler), let name = deviceNames[teller.id]
                else { return nil }
                return (device.id, name)
            }
            return RoomNames(
                home: home.displayName, rooms: Dictionary(roomNames) { first, _ in first },
                boilers: Dictionary(boilers) { first, _ in first })
        }
    }

    /// The labels of a room between braces, escaped.
    package static func labels(home: String, room: String) -> String {
        MetricsEncoder.labels(["home": home, "room": room])
    }

    /// The labels of a boiler, by the device that tells of it.
    package static func labels(home: String, module: String) -> String {
        MetricsEncoder.labels(["home": home, "module": module])
    }
}

extension EnergyHome {
    /// The device that tells whether a boiler burns.
    fileprivate func teller(of boiler: Heating.Boiler) -> EnergyDevice? {
        devices.first { $0.state?.isBoilerOn != nil && ($0.relayID ?? $0.id) == boiler.relayID }
    }
}
