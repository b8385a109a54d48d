import FoundationEssentials
import Homes

/// A family of series of Energy with one sample a room or a device: its name, its HELP and where its value comes from.
struct EnergyMetric<Subject>: Sendable {
    let name: String
    let help: String
    let value: @Sendable (Subject) -> Double?

    fileprivate init(_ name: String, _ help: String, _ value: @escaping @Sendable (Subject) -> Double?) {
        self.name = name
        self.help = help
        self.value = value
    }
}

extension EnergyMetric<Room> {
    private init(ofRoom name: String, _ help: String, _ value: @escaping @Sendable (Room.State) -> Double?) {
        self.init("netatmo_room_" + name, help) { $0.state.flatMap(value) }
    }

    /// By name.
    static let ofRooms = [
        EnergyMetric(ofRoom: "anticipating", "Set to 1 while the room heats ahead of its schedule, 0 otherwise.") {
            number($0.isAnticipating)
        },
        EnergyMetric(ofRoom: "heating_power_request_percent", "How much heat the room's valves ask for in percent") { $0.heatingPower },
        EnergyMetric(ofRoom: "humidity_percent", "Relative humidity of the room in percent") { $0.humidity },
        EnergyMetric(ofRoom: "reachable", "Set to 1 if the room's devices are heard, 0 otherwise.") { number($0.isReachable) },
        EnergyMetric(ofRoom: "setpoint_celsius", "Temperature that the room is to have in celsius") { $0.setpoint },
        EnergyMetric(ofRoom: "setpoint_end_time", "Timestamp of when the setpoint ends; 0 for no end") { state in
            state.setpoint.map { _ in state.setpointEnd?.timeIntervalSince1970 ?? 0 }
        },
        EnergyMetric(ofRoom: "temperature_celsius", "Temperature of the room in celsius") { $0.temperature },
        EnergyMetric(ofRoom: "window_open", "Set to 1 while an open window is noticed, 0 otherwise.") { number($0.isWindowOpen) },
    ]
}

extension EnergyMetric<EnergyDevice> {
    /// By name.
    static let ofDevices = [
        EnergyMetric("netatmo_boiler_comfort_boost", "Set to 1 while the boiler's comfort boost is on, 0 otherwise.") {
            number($0.state?.hasComfortBoost)
        },
        EnergyMetric("netatmo_boiler_on", "Set to 1 while the boiler burns, 0 otherwise.") { number($0.state?.isBoilerOn) },
        EnergyMetric("netatmo_relay_outdoor_temperature_celsius", "Temperature outside as an OpenTherm relay tells it in celsius") {
            $0.state?.outdoorTemperature
        },
    ]
}

/// A family of series with one sample for each mode that is known, and for another one while it is in force: 1 for that, 0 for the others.
struct EnergyModes<Subject>: Sendable {
    let name: String
    let help: String
    let mode: @Sendable (Subject) -> String?
    private let known: [String]

    fileprivate init(_ name: String, _ help: String, known: [String], _ mode: @escaping @Sendable (Subject) -> String?) {
        self.name = name
        self.help = help
        self.known = known
        self.mode = mode
    }

    /// The labels of its samples; none where nothing is told.
    func labels(of subject: Subject) -> [String] {
        guard let mode = mode(subject) else { return [] }
        return (known + (known.contains(mode) ? [] : [mode])).map(Self.label)
    }

    static func label(_ mode: String) -> String { MetricsEncoder.pairs(["mode": mode]) }
}

extension EnergyModes<EnergyHome> {
    static let ofHomes = EnergyModes(
        "netatmo_home_therm_mode", "Set to 1 for what the home follows: its schedule, away or frost guard (hg); 0 for the others.",
        known: EnergyHome.Mode.known.map(\.rawValue)
    ) { $0.mode?.rawValue }
}

extension EnergyModes<Room> {
    static let ofRooms = EnergyModes(
        "netatmo_room_setpoint_mode", "Set to 1 for why the room's setpoint is what it is, 0 for the others.",
        known: SetpointMode.known.map(\.rawValue)
    ) { $0.state?.mode?.rawValue }
}

private func number(_ flag: Bool?) -> Double? {
    flag.map { $0 ? 1 : 0 }
}
