import Homes

extension Module.Kind {
    /// What kind of device it is, in a few words.
    var words: String {
        switch self {
        case .base: "Base station"
        case .outdoor: "Outdoor module"
        case .wind: "Wind gauge"
        case .rain: "Rain gauge"
        case .indoor: "Indoor module"
        case .homeCoach: "Home coach"
        case .other: "Module of a kind that is not known"
        }
    }
}

extension Module.Signal {
    /// How well the device is heard, in a word, by the level of NetAtmo's thresholds, 0 to 3.
    func word(level: Int) -> String {
        let words =
            switch self {
            case .wifi: ["bad", "average", "good", "very good"]
            case .radio: ["low", "medium", "high", "full"]
            }
        return words.indices.contains(level) ? words[level] : ""
    }

    /// How well the device is heard, in a word.
    var word: String {
        word(level: MeasureText.signalLevel(self))
    }

    /// NetAtmo's number; the lower, the better.
    var number: Int {
        switch self {
        case .wifi(let number), .radio(let number): number
        }
    }
}

extension Module.BatteryLevel {
    /// The level in words.
    var words: String {
        self == .veryLow ? "very low" : "\(self)"
    }
}
