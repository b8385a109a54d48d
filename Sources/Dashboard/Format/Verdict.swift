import Netatmo
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
        guard let value = readings?[measure] else { return .fine }
        switch measure {
        case .co2: return value > 2000 ? .bad : value > 1000 ? .warning : .fine
        case .humidity: return !kind.isIndoors || (30...60).contains(value) ? .fine : .warning
        case .healthIndex: return readings?.health?.verdict ?? .fine
        default: return .fine
        }
    }

    /// What is to be thought of the battery.
    var batteryVerdict: Verdict {
        switch batteryLevel {
        case .veryLow: .bad
        case .low: .warning
        case .medium, .high, .full, nil: .fine
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
