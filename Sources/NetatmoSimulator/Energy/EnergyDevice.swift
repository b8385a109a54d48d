/// The kinds of devices that heat, by the name NetAtmo gives them in `type`.
enum EnergyDeviceKind: String, Sendable {
    case relay = "NAPlug"
    case thermostat = "NATherm1"
    case valve = "NRV"
    case openThermRelay = "OTH"
    case openThermThermostat = "OTM"

    var isRelay: Bool { self == .relay || self == .openThermRelay }

    /// Whether it switches a boiler.
    var isThermostat: Bool { self == .thermostat || self == .openThermThermostat }

    /// The word that belongs to a battery's voltage, `nil` for what hangs on the mains.
    func batteryState(millivolts: Int) -> String? {
        // The least of full, high, medium and low: three cells in a thermostat, two in a valve.
        let least: [Int]
        switch self {
        case .relay, .openThermRelay: return nil
        case .thermostat, .openThermThermostat: least = [4100, 3600, 3300, 3000]
        case .valve: least = [3200, 2700, 2400, 2200]
        }
        return zip(least, ["full", "high", "medium", "low"]).first { millivolts >= $0.0 }?.1 ?? "very_low"
    }
}

/// A relay, a thermostat or a valve.
struct EnergyDevice: Sendable {
    let id: String
    let kind: EnergyDeviceKind
    let name: String
    var room: String?
    /// The relay that it talks to by radio.
    var bridge: String?
    let setUp: Int
    let firmware: Int
    /// `wifi_strength` of a relay, `rf_strength` of all others.
    let strength: Int
    /// Whether it comes as `rf_strenght`, which is how NetAtmo's description has it.
    var isStrengthMisspelt = false
    /// mV, of what has a battery.
    var battery: Int?
    /// Out of reach since so many seconds before the simulator started.
    var lostBeforeStart: Int?
}
