import Homes
import TerminalUI

/// What is to be thought of a value.
enum Verdict: Sendable, Hashable {
    case fine
    case warning
    case bad

    /// The colour; `nil` where the value needs none.
    var style: Style? {
        switch self {
        case .fine: nil
        case .warning: .warning
        case .bad: .bad
        }
    }

    /// Says the same without a colour, in front of the value: nothing, "!" or "!!".
    func mark(_ symbols: Symbols) -> String {
        switch self {
        case .fine: ""
        case .warning: symbols.warning
        case .bad: symbols.warning + symbols.warning
        }
    }
}

extension Module {
    /// What is to be thought of a measured value.
    ///
    /// Carbon dioxide over 1000 ppm asks for a window, over 2000 ppm it is bad. Humidity outside 30 to 60 % is bad for people and
    /// houses, so it is judged indoors alone.
    func verdict(of measure: Measure) -> Verdict {
        if measure == .healthIndex { return readings?.health?.verdict ?? .fine }
        return readings?[measure].map { verdict(of: measure, being: $0) } ?? .fine
    }

    /// The same for a value that it had, or could have.
    func verdict(of measure: Measure, being value: Double) -> Verdict {
        switch measure {
        case .co2: value > 2000 ? .bad : value > 1000 ? .warning : .fine
        case .humidity: !kind.isIndoors || healthyHumidity.contains(value) ? .fine : .warning
        default: .fine
        }
    }

    /// The verdict on a measured value in a word, for those who see neither colours nor marks: `high`, `low` or `bad`.
    ///
    /// `nil` where the value is fine, and for a home coach's health, whose own word says it.
    func verdictWord(of measure: Measure) -> String? {
        switch (measure, verdict(of: measure)) {
        case (_, .fine), (.healthIndex, _): nil
        case (_, .bad): "bad"
        case (.humidity, .warning): readings?[measure].map { $0 < healthyHumidity.lowerBound } ?? false ? "low" : "high"
        case (_, .warning): "high"
        }
    }

    /// What is to be thought of the battery.
    var batteryVerdict: Verdict {
        batteryLevel?.verdict ?? .fine
    }
}

/// In per cent.
private let healthyHumidity = 30.0...60.0

extension Module.BatteryLevel {
    /// What is to be thought of a battery that is that full.
    var verdict: Verdict {
        switch self {
        case .veryLow: .bad
        case .low: .warning
        case .medium, .high, .full: .fine
        }
    }
}

extension Module.Kind {
    /// Whether its air is that of a room; what is not known may hang anywhere.
    fileprivate var isIndoors: Bool {
        switch self {
        case .base, .indoor, .homeCoach: true
        case .outdoor, .wind, .rain, .other: false
        }
    }
}

extension HealthIndex {
    /// What is to be thought of the air.
    var verdict: Verdict {
        switch self {
        case .healthy, .fine: .fine
        case .fair, .poor: .warning
        case .unhealthy: .bad
        }
    }
}
