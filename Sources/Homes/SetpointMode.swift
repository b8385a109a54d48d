/// Why a room's setpoint is what it is.
package enum SetpointMode: Sendable, Hashable {
    case schedule
    /// Set by hand.
    case manual
    /// Heats with all it has.
    case most
    case off
    case away
    case frostGuard
    /// Back to the home's mode.
    case home
    /// A mode that is not known, under NetAtmo's word for it.
    case other(String)
}

extension SetpointMode: RawRepresentable {
    /// NetAtmo's word.
    package var rawValue: String {
        switch self {
        case .schedule: "schedule"
        case .manual: "manual"
        case .most: "max"
        case .off: "off"
        case .away: "away"
        case .frostGuard: "hg"
        case .home: "home"
        case .other(let word): word
        }
    }

    /// All that are known.
    package static let known: [SetpointMode] = [.schedule, .manual, .most, .off, .away, .frostGuard, .home]

    package init(rawValue: String) {
        self = Self.known.first { $0.rawValue == rawValue } ?? .other(rawValue)
    }
}
