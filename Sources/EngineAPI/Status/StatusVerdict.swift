import FoundationEssentials
import Homes
import OperatingSystem

/// What a script wants to know of a status, in one word.
package enum StatusVerdict: Sendable, Hashable, CaseIterable {
    /// There is a token that works, and readings that are not stale.
    case valid
    /// There is no token that works: missing, rejected or expired.
    case notSignedIn
    /// The token works, but there are no readings, or all of them are stale.
    case stale
}

extension StatusReport {
    /// The verdict at the time of the report.
    ///
    /// A module that went silent while others go on is told as stale, and makes no verdict.
    ///
    /// - Parameter staleAge: How old readings may be; by what the report says of itself where that is `nil`.
    package func verdict(staleAge: Duration? = nil) -> StatusVerdict {
        guard isSignedIn else { return .notSignedIn }
        return stations.contains { $0.modules.contains { isFresh($0, staleAge: staleAge) } } ? .valid : .stale
    }

    private var isSignedIn: Bool {
        switch TokenStatus.State(rawValue: document.token.state) {
        case .valid, .expiring: true
        case .renewing: document.token.isValid
        case .missing, .expired, .rejected, nil: false
        }
    }

    /// As the report says; by another age than its exporter's, where that is wanted.
    private func isFresh(_ module: StationStatus.ModulePart, staleAge: Duration?) -> Bool {
        guard let staleAge else { return !module.isStale }
        guard let now = RFC3339.date(document.now), let time = module.measuredAt.flatMap(RFC3339.date) else { return false }
        return Freshness(at: now, staleAge: staleAge).isFresh(time)
    }
}
