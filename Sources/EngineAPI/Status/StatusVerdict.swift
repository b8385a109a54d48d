import Homes

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
    /// A module that went silent while others go on is told as stale, and makes no verdict. Rooms count as modules do, since an account
    /// may have nothing else.
    ///
    /// - Parameter staleAge: How old readings may be; by the engine's own setting where that is `nil`.
    package func verdict(staleAge: Duration? = nil) -> StatusVerdict {
        guard isSignedIn else { return .notSignedIn }
        let freshness = Freshness(at: now, staleAge: staleAge ?? settings.staleAge)
        return snapshot.shownStations.contains { $0.devices.contains(where: freshness.isFresh) } ? .valid : .stale
    }

    private var isSignedIn: Bool {
        switch snapshot.token.state(at: now) {
        case .valid, .expiring: true
        case .renewing: snapshot.token.isValid(at: now)
        case .missing, .expired, .rejected: false
        }
    }
}
