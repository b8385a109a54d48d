/// The kinds of units that measure, by the name NetAtmo gives them in `type`.
enum ModuleKind: String, Sendable {
    case base = "NAMain"
    case outdoor = "NAModule1"
    case wind = "NAModule2"
    case rain = "NAModule3"
    case indoor = "NAModule4"
    case homeCoach = "NHC"

    /// What `data_type` lists.
    var dataTypes: [String] {
        switch self {
        case .base: ["Temperature", "CO2", "Humidity", "Noise", "Pressure"]
        case .outdoor: ["Temperature", "Humidity"]
        case .wind: ["Wind"]
        case .rain: ["Rain"]
        case .indoor: ["Temperature", "CO2", "Humidity"]
        case .homeCoach: ["Temperature", "CO2", "Humidity", "Noise", "Pressure", "health_idx"]
        }
    }

    /// The battery's voltage that belongs to a charge, mV.
    ///
    /// NetAtmo names voltages for full, high, medium and low, the same step apart. A step above "full" is a fresh battery, 6000 mV for every
    /// kind; "low" is an empty one; between them a straight line.
    /// - Parameter percent: 0 to 100; other values count as the nearest of these.
    func batteryVoltage(percent: Int) -> Int {
        let fresh = 6000
        let empty =
            switch self {
            case .base, .homeCoach, .outdoor, .rain: 4000
            case .indoor: 4560
            case .wind: 4360
            }
        return empty + (fresh - empty) * min(max(percent, 0), 100) / 100
    }
}
