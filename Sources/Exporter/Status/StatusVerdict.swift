import FoundationEssentials
import System

/// What a script wants to know of a status, in one word.
public enum StatusVerdict: Sendable, Hashable, CaseIterable {
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
    public func verdict(staleAge: Duration? = nil) -> StatusVerdict {
        guard isSignedIn else { return .notSignedIn }
        let limit = staleAge.map { $0 / .seconds(1) } ?? document.data.staleAfterSeconds
        return newestReadingAge.map { $0 <= limit } ?? false ? .valid : .stale
    }

    private var isSignedIn: Bool {
        switch TokenState(rawValue: document.token.state) {
        case .valid, .expiring: true
        case .renewing: document.token.isValid
        case .missing, .expired, .rejected, nil: false
        }
    }

    /// In seconds; `nil` where nothing was ever measured.
    private var newestReadingAge: Double? {
        let times = stations.lazy.flatMap(\.modules).compactMap { $0.measuredAt.flatMap(RFC3339.date) }
        guard let newest = times.max(), let now = RFC3339.date(document.now) else { return nil }
        return now.timeIntervalSince(newest)
    }
}
