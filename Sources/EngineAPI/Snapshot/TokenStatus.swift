package import FoundationEssentials
package import Homes

/// What is known of the authorization, without any secret: what the screen, the metrics and the web pages show.
package struct TokenStatus: Sendable, Hashable {
    /// What there is.
    package enum Possession: Sendable, Hashable {
        /// No token. The file may have held an expired one, which `t` renews where it has a refresh token.
        case none(ignored: IgnoredToken?)
        /// A refresh token alone, which has not got an access token yet.
        case refreshTokenOnly
        /// An access token; one without a known expiry works until NetAtmo refuses it.
        case token(expiry: Date?, lifetime: TimeInterval, renewsAt: Date?)
        /// A refresh token that NetAtmo refused for good; the access token at hand may still work until its expiry.
        case rejected(NetatmoError, expiry: Date?)
    }

    /// An expired token of the token file.
    package struct IgnoredToken: Sendable, Hashable {
        package let since: Date
        /// Whether it can be renewed on request.
        package let canRenew: Bool

        package init(since: Date, canRenew: Bool) {
            self.since = since
            self.canRenew = canRenew
        }
    }

    /// What is being done about a new token.
    package enum Renewal: Sendable, Hashable {
        /// Nothing is under way and nothing failed.
        case idle
        case underWay(since: Date)
        /// The last try failed; the next one comes by itself, where there is one.
        case failing(NetatmoError, tries: Int, next: Date?)
    }

    /// Whether the token in memory is on the disk, and whether a new one could be.
    package enum Saving: Sendable, Hashable {
        /// There was nothing to save so far.
        case nothing
        /// The file holds the token since then.
        case saved(Date)
        /// The token is in memory alone: the file could not be written. The next try comes by itself.
        case failed(TokenFileError, next: Date)
        /// All that there is is on the disk, but a new token could not be saved, so none is asked for: NetAtmo would kill the one in
        /// the file. Whether it can be saved is tried again by itself.
        case blocked(TokenFileError, next: Date)
    }

    package let possession: Possession
    package let renewal: Renewal
    package let saving: Saving

    package init(possession: Possession = .none(ignored: nil), renewal: Renewal = .idle, saving: Saving = .nothing) {
        self.possession = possession
        self.renewal = renewal
        self.saving = saving
    }

    /// The state at a time, since a token expires without any other event.
    package func state(at now: Date) -> State {
        if case .underWay = renewal { return .renewing }
        switch (possession, renewal, saving) {
        case (.none, _, _): return .missing
        case (.rejected, _, _): return .rejected
        case (.refreshTokenOnly, _, _): return .missing
        case (.token(let expiry?, _, _), _, _) where expiry <= now: return .expired
        case (.token(_, _, renewsAt: nil), _, _), (.token, .failing, _), (.token, _, .blocked): return .expiring
        case (.token, _, _): return .valid
        }
    }

    /// Whether there is a refresh token that a renewal can use.
    package var canRenew: Bool {
        switch possession {
        case .none(let ignored): ignored?.canRenew ?? false
        case .refreshTokenOnly: true
        case .token(_, _, let renewsAt): renewsAt != nil
        case .rejected: false
        }
    }

    /// Whether all that there is to save is in the token file.
    package var isSaved: Bool {
        if case .failed = saving { false } else { true }
    }

    /// Whether what there is is in the token file, and a new token would be, as far as is known.
    package var canBeSaved: Bool {
        isSaved && obstacle == nil
    }

    /// Why a new token could not be saved, so that none is asked for; `nil` where nothing is known to stand in the way.
    package var obstacle: TokenFileError? {
        if case .blocked(let error, _) = saving { error } else { nil }
    }

    /// When the access token stops working; `nil` where there is none, or where it is unknown.
    package var expiry: Date? {
        switch possession {
        case .token(let expiry, _, _): expiry
        case .rejected(_, let expiry): expiry
        case .none, .refreshTokenOnly: nil
        }
    }

    /// Whether netatmo-exporter would call the token valid: an access token with more than 10 s to live.
    package func isValid(at now: Date) -> Bool {
        hasUnknownExpiry || validExpiry(at: now) != nil
    }

    /// Whether there is an access token without a known expiry: it works until NetAtmo refuses it.
    package var hasUnknownExpiry: Bool {
        if case .token(expiry: nil, _, _) = possession { true } else { false }
    }

    /// Whether there is an access token that works, to the last second of its life.
    package func works(at now: Date) -> Bool {
        hasUnknownExpiry || expiry.map { $0 > now } ?? false
    }

    /// When ``state(at:)`` or ``validExpiry(at:)`` next says something else by itself; `nil` where it does not.
    package func nextChange(after now: Date) -> Date? {
        guard let expiry else { return nil }
        // 10 s before the expiry the token is not valid any more: just so, so that the end is not in the time before.
        return [expiry.addingTimeInterval(-10), expiry].first { $0 > now }
    }

    /// When the access token stops working, as long as ``isValid(at:)`` holds and it is known.
    package func validExpiry(at now: Date) -> Date? {
        guard let expiry, expiry.timeIntervalSince(now) > 10 else { return nil }
        return expiry
    }
}
