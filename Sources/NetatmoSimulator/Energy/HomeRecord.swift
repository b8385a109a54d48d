/// `body` of `homesdata`.
struct HomesBody: Encodable, Sendable {
    let homes: [HomeRecord]
    let user: HomesUserRecord
}

/// How the account's owner likes values shown: what stations tell under `administrative`.
struct HomesUserRecord: Encodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case language, locale
        case unitSystem = "unit_system"
        case windUnit = "unit_wind"
        case pressureUnit = "unit_pressure"
        case feelLikeAlgorithm = "feel_like_algorithm"
    }

    let language: String
    let locale: String
    let unitSystem: Int
    let windUnit: Int
    let pressureUnit: Int
    let feelLikeAlgorithm: Int

    init(_ user: UserRecord) {
        language = user.administrative.language
        locale = user.administrative.locale
        unitSystem = user.administrative.unit
        windUnit = user.administrative.windUnit
        pressureUnit = user.administrative.pressureUnit
        feelLikeAlgorithm = user.administrative.feelLikeAlgorithm
    }
}

/// A home with all that stands in it.
struct HomeRecord: Encodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case id, name, altitude, coordinates, country, timezone, rooms, modules, schedules
        case heatingMode = "therm_mode"
        case controlMode = "temperature_control_mode"
    }

    let id: String
    let name: String
    let altitude: Int
    /// Longitude, latitude.
    let coordinates: [Double]
    let country: String
    let timezone: String
    let heatingMode: Setpoint.Mode
    var controlMode = "heating"
    let rooms: [RoomRecord]
    let modules: [HomeModuleRecord]
    let schedules: [ScheduleRecord]
}

struct RoomRecord: Encodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case id, name, type
        case moduleIDs = "module_ids"
    }

    let id: String
    let name: String
    let type: String
    let moduleIDs: [String]
}

struct HomeModuleRecord: Encodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case id, type, name, bridge
        case setUpDate = "setup_date"
        case roomID = "room_id"
        case bridged = "modules_bridged"
    }

    let id: String
    let type: String
    let name: String?
    let setUpDate: Int
    var roomID: String?
    let bridge: String?
    /// Of a relay: what talks to it.
    var bridged: [String]?
}
