/// What is to be thought of a value.
package enum Verdict: String, Sendable, Hashable, CaseIterable, Codable {
    /// It needs no look.
    case fine
    /// It needs one.
    case warning
    /// It needs one now.
    case bad
}

extension Device {
    /// What is to be thought of a measured value, however old it is: see ``Judgement`` for one of a time.
    package func verdict(of measure: Measure) -> Verdict {
        let verdict = verdictOfValue(of: measure)
        return verdict == .fine && alerts[.measure(measure)] != nil ? .warning : verdict
    }

    /// The same without what the user wants to be told of.
    func verdictOfValue(of measure: Measure) -> Verdict {
        if measure == .healthIndex { return readings?.health?.verdict ?? .fine }
        return readings?[measure].map { verdict(of: measure, being: $0) } ?? .fine
    }

    /// What is to be thought of its battery; `nil` where nothing is known of it.
    package var batteryVerdict: Verdict? {
        batteryLevel.map { $0.verdict == .fine && alerts[.battery] != nil ? .warning : $0.verdict }
    }

    /// The same for a value that it had, or could have; by ``Thresholds``.
    package func verdict(of measure: Measure, being value: Double) -> Verdict {
        switch measure {
        case .co2: Thresholds.carbonDioxide.verdict(on: value)
        case .humidity: !kind.isIndoors || Thresholds.indoorHumidity.contains(value) ? .fine : .warning
        default: .fine
        }
    }
}

extension Thresholds.UpperBounds {
    fileprivate func verdict(on value: Double) -> Verdict {
        value > bad ? .bad : value > warning ? .warning : .fine
    }
}

extension Device.BatteryLevel {
    package var verdict: Verdict {
        switch self {
        case .veryLow: .bad
        case .low: .warning
        case .medium, .high, .full: .fine
        }
    }
}

extension Device.SignalLevel {
    package var verdict: Verdict {
        switch self {
        case .bad: .bad
        case .average: .warning
        case .good, .veryGood: .fine
        }
    }
}

extension HealthIndex {
    package var verdict: Verdict {
        switch self {
        case .healthy, .fine: .fine
        case .fair, .poor: .warning
        case .unhealthy: .bad
        }
    }
}

extension Device.Kind {
    /// Whether its air is that of a room; what is not known may hang anywhere.
    fileprivate var isIndoors: Bool {
        switch self {
        case .base, .indoor, .homeCoach, .room: true
        case .outdoor, .wind, .rain, .boiler, .other: false
        }
    }
}
