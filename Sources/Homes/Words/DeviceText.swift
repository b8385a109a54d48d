extension Module.Kind {
    /// What kind of device it is, in a few words.
    package var words: String {
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
