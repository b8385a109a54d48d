extension Device {
    /// The module's name on the screen: its own, or what it is and the end of its id.
    package var title: String {
        if let name, !name.isEmpty { return name }
        return "\(kind.word) \(id.suffix(2))"
    }
}

extension Device.Kind {
    /// What kind of module it is, in a word.
    package var word: String {
        switch self {
        case .base: "Base"
        case .outdoor: "Outdoor"
        case .wind: "Wind"
        case .rain: "Rain"
        case .indoor: "Indoor"
        case .homeCoach: "Coach"
        case .room: "Room"
        case .boiler: "Boiler"
        case .other: "Module"
        }
    }

    /// What kind of device it is, in a few words.
    package var words: String {
        switch self {
        case .base: "Base station"
        case .outdoor: "Outdoor module"
        case .wind: "Wind gauge"
        case .rain: "Rain gauge"
        case .indoor: "Indoor module"
        case .homeCoach: "Home coach"
        case .room: "Room"
        case .boiler: "Boiler"
        case .other: "Module of a kind that is not known"
        }
    }
}
