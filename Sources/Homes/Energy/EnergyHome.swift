package import FoundationEssentials
package import OperatingSystem

/// A home that NetAtmo Energy heats or cools: its rooms, and the devices that do it.
///
/// What there is (`homesdata`) and how it is (`homestatus`) come from two questions; this is both, as far as they are answered.
package struct EnergyHome: Sendable, Hashable {
    /// What the whole home does.
    package enum Mode: Sendable, Hashable {
        /// Follows its schedule.
        case schedule
        case away
        case frostGuard
        /// A mode that is not known, under NetAtmo's word for it.
        case other(String)
    }

    package let id: String
    package let name: String?
    /// An IANA time zone, which the days of its schedules follow.
    package let timeZone: String?
    package let mode: Mode?
    /// Those with a device that is told of here, in NetAtmo's order.
    package let rooms: [Room]
    /// Relays, thermostats and valves, in NetAtmo's order.
    package let devices: [EnergyDevice]
    package let schedules: [HeatingSchedule]
    /// When NetAtmo told how its rooms are, which is as old as their temperatures are; `nil` where it did not yet.
    package let toldAt: Date?

    package init(
        id: String, name: String?, timeZone: String? = nil, mode: Mode? = nil, rooms: [Room], devices: [EnergyDevice],
        schedules: [HeatingSchedule] = [], toldAt: Date? = nil
    ) {
        self.id = id
        self.name = name
        self.timeZone = timeZone
        self.mode = mode
        self.rooms = rooms
        self.devices = devices
        self.schedules = schedules
        self.toldAt = toldAt
    }

    /// Its clock, which its days follow.
    ///
    /// - Parameter other: The one that stands in for it where this machine does not know its time zone.
    package func clock(or other: LocalTime) -> LocalTime { timeZone.flatMap(LocalTime.zone) ?? other }

    /// The schedule in force.
    package var schedule: HeatingSchedule? { schedules.first(where: \.isSelected) }

    /// Its name, or `id-` and its id where it has none, as devices have it.
    package var displayName: String {
        guard let name, !name.isEmpty else { return "id-\(id)" }
        return name
    }

    /// The devices of a room.
    package func devices(of room: Room) -> [EnergyDevice] {
        devices.filter { room.holds($0) }
    }

    /// The devices of each room by its id: of hundreds of rooms in one go.
    package var devicesByRoom: [String: [EnergyDevice]] {
        var listed: [String: [String]] = [:]
        for room in rooms {
            for id in room.deviceIDs { listed[id, default: []].append(room.id) }
        }
        return devices.reduce(into: [:]) { found, device in
            for room in Set((listed[device.id] ?? []) + [device.roomID].compactMap(\.self)) { found[room, default: []].append(device) }
        }
    }
}

extension EnergyHome.Mode: RawRepresentable {
    /// NetAtmo's word.
    package var rawValue: String {
        switch self {
        case .schedule: "schedule"
        case .away: "away"
        case .frostGuard: "hg"
        case .other(let word): word
        }
    }

    /// All that are known.
    package static let known: [EnergyHome.Mode] = [.schedule, .away, .frostGuard]

    package init(rawValue: String) {
        self = Self.known.first { $0.rawValue == rawValue } ?? .other(rawValue)
    }
}
