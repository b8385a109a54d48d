import Homes

/// The answer of `homestatus`: an empty body, or a home with its id alone, tells nothing, and is no failure.
struct HomeStatusAnswer: Decodable {
    let status: EnergyStatus

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        guard let body = container.object("body") else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no body"))
        }
        let home = body.object("home")
        let rooms = home?.elements("rooms", as: RoomStateAnswer.self) ?? []
        let devices = home?.elements("modules", as: EnergyDeviceStateAnswer.self) ?? []
        let told = Dictionary(devices.map { ($0.id, $0.state) }) { first, _ in first }
        // Beside the data: a device that is named here has no state of its own, most often.
        let errors = body.elements("errors", as: DeviceErrorAnswer.self, limit: DeviceErrorAnswer.most)
        status = EnergyStatus(
            homeID: home?.numberOrID("id"), rooms: Dictionary(rooms.map { ($0.id, $0.state) }) { first, _ in first },
            devices: errors.reduce(into: told) { $0[$1.id] = ($0[$1.id] ?? EnergyDevice.State()).with(errorCode: $1.code) },
            types: Dictionary(devices.compactMap { device in device.type.map { (device.id, $0) } }) { first, _ in first },
            time: container.date("time_server"))
    }
}

/// A room as `homestatus` describes it.
private struct RoomStateAnswer: Decodable {
    let id: String
    let state: Room.State

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        guard let id = container.numberOrID("id"), decoder.deviceBudget?.take() ?? true else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no id, or too many"))
        }
        self.id = id
        state = Room.State(
            isReachable: container.flagOrWord("reachable"), temperature: container.temperature("therm_measured_temperature"),
            setpoint: container.temperature("therm_setpoint_temperature"),
            coolingSetpoint: container.temperature("cooling_setpoint_temperature"),
            mode: container.name("therm_setpoint_mode").map(SetpointMode.init),
            setpointStart: container.date("therm_setpoint_start_time"), setpointEnd: container.date("therm_setpoint_end_time"),
            heatingPower: container.number("heating_power_request").flatMap { (0...100).contains($0) ? $0 : nil },
            isAnticipating: container.flagOrWord("anticipating"),
            // NetAtmo's description has the one name, its answers the other.
            isWindowOpen: container.flagOrWord("open_window") ?? container.flagOrWord("open_windows"),
            humidity: container.number("humidity").flatMap(Measure.humidity.reading))
    }
}

/// A device as `homestatus` describes it.
private struct EnergyDeviceStateAnswer: Decodable {
    let id: String
    let type: String?
    let state: EnergyDevice.State

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        guard let id = container.numberOrID("id"), decoder.deviceBudget?.take() ?? true else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no id, or too many"))
        }
        self.id = id
        type = container.name("type")
        let signal = { (name: String) in container.integer(name).flatMap { (0..<255).contains($0) ? $0 : nil } }
        let isReachable = container.flagOrWord("reachable")
        // Of one that is out of reach it is what was last heard, however long ago.
        let hasBattery = isReachable ?? true
        state = EnergyDevice.State(
            isReachable: isReachable, firmware: container.integer("firmware_revision").flatMap { $0 < 0 ? nil : $0 },
            batteryMillivolts: hasBattery ? container.integer("battery_level").flatMap { (0..<65_535).contains($0) ? $0 : nil } : nil,
            batteryLevel: hasBattery ? container.text("battery_state").flatMap(Device.BatteryLevel.init(energyWord:)) : nil,
            // The second names are those of NetAtmo's description.
            radio: signal("rf_strength") ?? signal("rf_strenght"), wifi: signal("wifi_strength") ?? signal("wifi_strenght"),
            lastSeen: container.date("last_seen"), isBoilerOn: container.flagOrWord("boiler_status"),
            hasComfortBoost: container.flagOrWord("boiler_valve_comfort_boost"),
            outdoorTemperature: container.temperature("outdoor_temperature"))
    }
}

private struct DeviceErrorAnswer: Decodable {
    static let most = 1000

    let id: String
    let code: Int

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        guard let id = container.numberOrID("id"), let code = container.integer("code") else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no id, or no code"))
        }
        self.id = id
        self.code = code
    }
}

extension EnergyDevice.State {
    fileprivate func with(errorCode: Int) -> EnergyDevice.State {
        .init(
            isReachable: isReachable, firmware: firmware, batteryMillivolts: batteryMillivolts, batteryLevel: batteryLevel, radio: radio,
            wifi: wifi, lastSeen: lastSeen, isBoilerOn: isBoilerOn, hasComfortBoost: hasComfortBoost,
            outdoorTemperature: outdoorTemperature, errorCode: errorCode)
    }
}

extension Device.BatteryLevel {
    /// The level of a word of Energy's.
    fileprivate init?(energyWord: String) {
        switch energyWord {
        case "full": self = .full
        case "high": self = .high
        case "medium": self = .medium
        case "low": self = .low
        case "very_low": self = .veryLow
        default: return nil
        }
    }
}

extension KeyedDecodingContainer where Key == AnyKey {
    /// A temperature in °C, where it can be one.
    func temperature(_ name: String) -> Double? {
        number(name).flatMap(Measure.temperature.reading)
    }
}
