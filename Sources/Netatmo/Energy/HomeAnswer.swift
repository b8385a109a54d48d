import Homes

/// A home as `homesdata` describes it; only its id has to be there.
struct HomeAnswer: Decodable {
    /// As many homes are taken from an answer: each takes a request an interval.
    static let mostHomes = 50

    let home: EnergyHome

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        guard let id = container.numberOrID("id") else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no id"))
        }
        let devices = container.elements("modules", as: EnergyDeviceAnswer.self).compactMap(\.device)
        let heated = Set(devices.compactMap(\.roomID))
        let ids = Set(devices.map(\.id))
        home = EnergyHome(
            id: id, name: container.name("name"), timeZone: container.name("timezone"),
            mode: container.name("therm_mode").map(EnergyHome.Mode.init),
            // A room may hold a weather station alone.
            rooms: container.elements("rooms", as: RoomAnswer.self).map(\.room).filter {
                heated.contains($0.id) || !ids.isDisjoint(with: $0.deviceIDs)
            },
            devices: devices,
            schedules: container.elements("schedules", as: ScheduleAnswer.self, limit: ScheduleAnswer.mostSchedules).compactMap(\.schedule)
        )
    }
}

/// A room as `homesdata` describes it.
private struct RoomAnswer: Decodable {
    let room: Room

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        guard let id = container.numberOrID("id"), decoder.deviceBudget?.take() ?? true else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no id, or too many"))
        }
        room = Room(
            id: id, name: container.name("name"), type: container.name("type"),
            deviceIDs: container.elements("module_ids", as: String.self, limit: Self.mostDevices).map { $0.filter { !$0.isWhitespace } })
    }

    /// More than a room has radiators.
    private static let mostDevices = 64
}

/// A device as `homesdata` describes it.
private struct EnergyDeviceAnswer: Decodable {
    /// `nil` for what is no thermostat, valve or relay: weather stations, cameras, plugs and blinds are in the same list.
    let device: EnergyDevice?

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        guard let kind = container.text("type").flatMap(EnergyDevice.Kind.init), let id = container.numberOrID("id"),
            decoder.deviceBudget?.take() ?? true
        else {
            device = nil
            return
        }
        device = EnergyDevice(
            id: id, kind: kind, name: container.name("name"), roomID: container.numberOrID("room_id"),
            relayID: container.numberOrID("bridge"), setUp: container.date("setup_date"))
    }
}
