extension Measure {
    /// The least height of a chart, in the measure's own unit, so that a sensor's own unrest does not look like a storm.
    package var leastSpan: Double {
        switch self {
        case .humidity: 4
        case .co2: 100
        case .noise, .windStrength, .boilerMinutes: 5
        default: 1
        }
    }

    /// Whether its charts begin at zero.
    package var isFromZero: Bool { [.windStrength, .rain, .boilerMinutes].contains(self) }

    /// The values that its charts mark with a line, by rising value; see ``Thresholds``.
    package var levels: [Double] {
        self == .co2 ? [Thresholds.carbonDioxide.warning, Thresholds.carbonDioxide.bad] : []
    }
}
