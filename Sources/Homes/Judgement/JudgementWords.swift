// What is thought of a home in English words: the same on the screen, in plain lines, in the JSON and so on the page.

extension Device {
    /// The verdict on a measured value in a word: `high`, `low` or `bad`.
    ///
    /// `nil` where the value is fine, and for a home coach's health, whose own word says it.
    package func verdictWord(of measure: Measure) -> String? {
        if verdictOfValue(of: measure) == .fine, let side = alerts[.measure(measure)] { return side == .over ? "high" : "low" }
        return switch (measure, verdict(of: measure)) {
        case (_, .fine), (.healthIndex, _): nil
        case (_, .bad): "bad"
        case (.humidity, .warning): readings?[measure].map { $0 < Thresholds.indoorHumidity.lowerBound } ?? false ? "low" : "high"
        case (_, .warning): "high"
        }
    }
}

extension Device.BatteryLevel {
    package var words: String { self == .veryLow ? "very low" : "\(self)" }

    /// The level in a word of at most four letters, for a narrow column that marks the worst with a sign.
    package var shortWord: String {
        switch self {
        case .veryLow, .low: "low"
        case .medium: "half"
        case .high: "high"
        case .full: "full"
        }
    }
}

extension Device.SignalLevel {
    package var words: String { self == .veryGood ? "very good" : "\(self)" }
}

extension HealthIndex {
    /// NetAtmo's word for it.
    package var word: String { "\(self)" }
}

extension Readings.Trend {
    package var word: String {
        switch self {
        case .up: "rising"
        case .down: "falling"
        case .stable: "steady"
        }
    }
}
