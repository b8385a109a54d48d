package import Homes

/// By what the values of a home are judged, and what they are told in.
package struct HomeJudge: Sendable {
    let freshness: Freshness
    let units: Units

    /// - Parameter units: What the readings are told in beside NetAtmo's units.
    package init(freshness: Freshness, units: Units) {
        self.freshness = freshness
        self.units = units
    }
}

/// A home of NetAtmo Energy in JSON. Where there is somebody to judge, with what is to be thought of its rooms and devices, and of its
/// schedules with the one in force; else for a reader who judges himself, with all schedules.
package struct ToldHome: Encodable {
    private let home: EnergyHome
    private let rooms: [ToldRoom]
    private let devices: [ToldEnergyDevice]
    private let isJudged: Bool

    package init(_ home: EnergyHome, by judge: HomeJudge?) {
        self.init(home, rooms: ToldRoom.rooms(of: home, by: judge), devices: ToldEnergyDevice.devices(of: home, by: judge), by: judge)
    }

    /// - Parameters:
    ///   - rooms: Its rooms, or those of them that are to be told with it.
    ///   - devices: The same of its devices.
    package init(_ home: EnergyHome, rooms: [ToldRoom], devices: [ToldEnergyDevice], by judge: HomeJudge?) {
        self.home = home
        self.rooms = rooms
        self.devices = devices
        isJudged = judge != nil
    }

    package func encode(to encoder: any Encoder) throws {
        let json: StatusObject = [
            .id: home.id, .name: home.name, .timeZone: home.timeZone, .mode: home.mode?.rawValue, .toldAt: home.toldAt, .rooms: rooms,
            .devices: devices,
        ]
        let plan: StatusObject = isJudged ? [.schedule: home.schedule] : [.schedules: home.schedules]
        try (json + plan).encode(to: encoder)
    }
}

extension EnergyHome: Decodable {
    /// Devices of a kind that this release does not know are left out.
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        let selected: HeatingSchedule? = try json.optional(.schedule)
        let devices: [ReadEnergyDevice] = try json.required(.devices)
        self.init(
            id: try json.required(.id), name: try json.optional(.name), timeZone: try json.optional(.timeZone),
            mode: (try json.optional(.mode) as String?).map(Mode.init), rooms: try json.required(.rooms),
            devices: devices.compactMap(\.device), schedules: try json.optional(.schedules) ?? [selected].compactMap(\.self),
            toldAt: try json.optional(.toldAt))
    }
}
