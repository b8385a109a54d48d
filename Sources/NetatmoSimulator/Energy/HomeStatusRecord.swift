/// `body` of `homestatus`.
struct HomeStatusBody: Encodable, Sendable {
    let home: HomeStatusRecord
    /// Present only where there is one.
    var errors: [DeviceErrorRecord]?
}

/// A device that doesn't answer.
struct DeviceErrorRecord: Encodable, Sendable {
    static let unreachable = 6

    let code: Int
    let id: String
}

struct HomeStatusRecord: Encodable, Sendable {
    let id: String
    var rooms: [RoomStatusRecord]?
    var modules: [DeviceStatusRecord]?
}

/// How a room is now.
struct RoomStatusRecord: Encodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case id, reachable, anticipating
        case temperature = "therm_measured_temperature"
        case setpoint = "therm_setpoint_temperature"
        case setpointMode = "therm_setpoint_mode"
        case setpointBegin = "therm_setpoint_start_time"
        case setpointEnd = "therm_setpoint_end_time"
        case power = "heating_power_request"
        case openWindow = "open_window"
    }

    let id: String
    let reachable: Bool
    /// Absent where no device of the room can be reached.
    let temperature: Double?
    let setpoint: Double
    let setpointMode: Setpoint.Mode
    let setpointBegin: Int
    /// 0 where there is none.
    let setpointEnd: Int
    /// Absent where no valve is in reach.
    let power: Int?
    let anticipating: Bool
    let openWindow: Bool
}

/// How a device is now. Keys that a kind doesn't have are absent.
struct DeviceStatusRecord: Encodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case id, type, reachable, bridge, anticipating
        case firmware = "firmware_revision"
        case radioStrength = "rf_strength"
        case misspeltRadioStrength = "rf_strenght"
        case wirelessStrength = "wifi_strength"
        case battery = "battery_level"
        case batteryState = "battery_state"
        case lastSeen = "last_seen"
        case boilerStatus = "boiler_status"
        case comfortBoost = "boiler_valve_comfort_boost"
        case outdoorTemperature = "outdoor_temperature"
    }

    let id: String
    let type: String
    let reachable: Bool
    var bridge: String?
    var firmware: Int?
    var radioStrength: Int?
    var misspeltRadioStrength: Int?
    var wirelessStrength: Int?
    var battery: Int?
    var batteryState: String?
    var lastSeen: Int?
    var boilerStatus: Bool?
    var comfortBoost: Bool?
    var anticipating: Bool?
    /// °C.
    var outdoorTemperature: Double?
}
