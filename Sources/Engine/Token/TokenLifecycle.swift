import EngineAPI
import FoundationEssentials
import Homes
import Netatmo
import OperatingSystem

/// What the token keeper decides: which token there is, when it has to be renewed, what follows from a failure.
///
/// A value without a clock, a file or a network, so that every order of events can be tried.
struct TokenLifecycle: Sendable {
    /// The authorization with its secrets.
    enum Holding: Sendable, Hashable {
        /// Nothing that works. The file may have held an expired token.
        case none(ignored: Ignored?)
        /// A refresh token alone.
        case refreshToken(Secret)
        /// An access token, which lives `lifetime` seconds in all.
        case token(Token, lifetime: TimeInterval)
        /// Refused for good; the refresh token is kept for a try that the user asks for, the access token for as long as it works.
        case rejected(NetatmoError, refreshToken: Secret?, token: Token?)
    }

    /// An expired token of the token file.
    struct Ignored: Sendable, Hashable {
        let since: Date
        let refreshToken: Secret?
    }

    /// A series of failed renewals.
    struct Failure: Sendable, Hashable {
        let error: NetatmoError
        let tries: Int
        /// How many of them, since NetAtmo was last in trouble, were `invalid_grant`.
        let refusals: Int
        /// When the first of those came.
        let firstRefusal: Date?
        /// Whether one of them may have been carried out by NetAtmo, its new pair lost on the way.
        let pairMayBeLost: Bool
        let next: Date
    }

    enum AfterFailure: Sendable, Hashable {
        case retry(at: Date)
        case rejected(NetatmoError)
        /// The token of the file was refused for good; the one before is in force again.
        case fellBack(NetatmoError)
    }

    private(set) var holding = Holding.none(ignored: nil)
    private(set) var failure: Failure?
    /// The authorization before the one that was loaded last, until NetAtmo has accepted that one.
    private var fallback: Holding?
    /// Attributes of the token file that are kept.
    private var otherAttributes: [String: JSONValue] = [:]
    /// The file did not tell the expiry, and the one that was set in its place must not be written.
    private(set) var isExpiryAssumed = false
    /// Whether ``tellExpiry(at:)`` said that the token has expired.
    private var isExpiryTold = false
    private let backoff: Backoff

    /// The waits between tries after `invalid_grant`, which can be transient when NetAtmo has trouble.
    private static let refusalDelays: [Duration] = [.seconds(10), .seconds(35), .seconds(75)]
    /// All of them together, in seconds: no verdict before that.
    private static let refusalTime = 120.0

    init(backoff: Backoff) {
        self.backoff = backoff
    }

    /// Takes what a token file holds. What there was before is kept for the case that NetAtmo refuses it.
    ///
    /// - Parameter attributes: `nil` where there is no file.
    /// - Returns: What they mean, and what their owner should be warned of.
    @discardableResult
    mutating func load(
        _ attributes: TokenAttributes?, renewExpired: Bool, at now: Date
    ) -> (stored: StoredToken, warnings: [TokenFileWarning]) {
        let (stored, warnings) = StoredToken.interpret(attributes, at: now)
        hold(stored, renewExpired: renewExpired, at: now)
        otherAttributes = attributes?.other ?? [:]
        isExpiryAssumed = warnings.contains(.expiryMissing)
        isExpiryTold = false
        return (stored, warnings)
    }

    private mutating func hold(_ stored: StoredToken, renewExpired: Bool, at now: Date) {
        // Of several in a row, the last that NetAtmo had accepted.
        if fallback == nil, renewsByItself, refreshToken != nil { fallback = holding }
        failure = nil
        switch stored {
        case .none: holding = .none(ignored: nil)
        case .refreshable(let refreshToken): holding = .refreshToken(refreshToken)
        case .expired(_, let refreshToken?) where renewExpired: holding = .refreshToken(refreshToken)
        case .expired(let since, let refreshToken): holding = .none(ignored: Ignored(since: since, refreshToken: refreshToken))
        case .usable(let token):
            holding = .token(token, lifetime: RenewalSchedule.lifetime(ofTokenExpiringAt: token.expiry, readAt: now))
        }
    }

    /// What can get a new pair, whatever the state is: the user may ask for a renewal at any time.
    var refreshToken: Secret? {
        switch holding {
        case .none(let ignored): ignored?.refreshToken
        case .refreshToken(let refreshToken): refreshToken
        case .token(let token, _): token.refreshToken
        case .rejected(_, let refreshToken, _): refreshToken
        }
    }

    /// The last authorization that is not known to be refused, where it is another than the one in use: NetAtmo has not accepted
    /// that one yet.
    var attributesBefore: TokenAttributes? {
        fallback.flatMap(attributes)
    }

    /// What would be lost if the user replaced the file by a wrong one now.
    var attributesInForce: TokenAttributes? {
        attributesBefore ?? (renewsByItself ? attributes(of: holding) : nil)
    }

    private func attributes(of holding: Holding) -> TokenAttributes? {
        switch holding {
        case .token(let token, _): token.refreshToken == nil ? nil : TokenAttributes(token)
        case .refreshToken(let refreshToken): TokenAttributes(refreshToken: refreshToken, other: otherAttributes)
        case .none, .rejected: nil
        }
    }

    /// When a renewal comes by itself; `nil` where it does not.
    var renewalTime: Date? {
        if let failure { return failure.next }
        switch holding {
        case .refreshToken: return .beforeAnyClock
        case .token(let token, let lifetime) where token.refreshToken != nil:
            return token.expiry.map { RenewalSchedule.renewalTime(expiry: $0, lifetime: lifetime) } ?? .beforeAnyClock
        case .none, .token, .rejected: return nil
        }
    }

    /// The token, if it works at that time.
    func workingToken(at now: Date) -> Token? {
        tokenAtHand.flatMap { token in token.expiry.map { $0 > now } ?? true ? token : nil }
    }

    /// The token, however old and whatever NetAtmo said of it: what belongs into the file.
    var tokenAtHand: Token? {
        switch holding {
        case .token(let token, _): token
        case .rejected(_, _, let token): token
        case .none, .refreshToken: nil
        }
    }

    /// Makes a token of a grant, which is not used before it is on the disk.
    func token(from grant: TokenGrant, expiring expiry: Date, replacing refreshToken: Secret?) -> Token {
        Token(
            accessToken: grant.accessToken,
            // RFC 6749, section 6: an answer without a refresh token leaves the old one in force.
            refreshToken: grant.refreshToken ?? refreshToken,
            expiry: expiry,
            otherAttributes: otherAttributes
        )
    }

    mutating func take(_ token: Token, lifetime: Duration) {
        holding = .token(token, lifetime: lifetime / .seconds(1))
        failure = nil
        fallback = nil
        (isExpiryAssumed, isExpiryTold) = (false, false)
    }

    /// Whether the token has expired and that was not told yet; it counts as told from then on.
    mutating func tellExpiry(at now: Date) -> Bool {
        guard let untoldExpiry, untoldExpiry <= now else { return false }
        isExpiryTold = true
        return true
    }

    /// When the token expires, unless that was told.
    var untoldExpiry: Date? {
        guard case .token(let token, _) = holding, !isExpiryTold else { return nil }
        return token.expiry
    }

    /// Takes note that the clock was set back.
    ///
    /// - Returns: Whether the token, which had expired, works again by the new time.
    mutating func noteClockSetBack(at now: Date) -> Bool {
        guard isExpiryTold, workingToken(at: now) != nil else { return false }
        isExpiryTold = false
        return true
    }

    /// Takes note that NetAtmo refused an access token. One that can't be renewed and has no known expiry has found its end
    /// by that.
    ///
    /// - Returns: Why it is no more; `nil` where something else can be done about it.
    mutating func accessTokenRefused() -> NetatmoError? {
        guard case .token(let token, _) = holding, token.refreshToken == nil, token.expiry == nil else { return nil }
        let error = NetatmoError(.unauthorized)
        holding = .rejected(error, refreshToken: nil, token: nil)
        return error
    }

    mutating func renewalFailed(_ error: NetatmoError, at now: Date) -> AfterFailure {
        let tries = (failure?.tries ?? 0) + 1
        // What was taken over from the file may be no token at all, which NetAtmo has other words for.
        let isRefusal = error.kind == .invalidGrant || fallback != nil && error.kind == .refused
        // Those before an outage, and in it, were part of its trouble: only four in a row are a verdict.
        let before = error.kind.isTrouble ? nil : failure
        let refusals = (before?.refusals ?? 0) + (isRefusal ? 1 : 0)
        let firstRefusal = before?.firstRefusal.map { min($0, now) } ?? (isRefusal ? now : nil)
        // Tries that the user asks for come on top of the spaced ones, and make the verdict no earlier.
        let verdict = firstRefusal?.addingTimeInterval(Self.refusalTime) ?? .afterAnyClock
        let pairMayBeLost = error.mayHaveBeenCarriedOut || failure?.pairMayBeLost ?? false
        guard refusals <= Self.refusalDelays.count || now < verdict else {
            let reason = pairMayBeLost ? error.afterLostPair : error
            if let before = fallback {
                (holding, failure, fallback, isExpiryTold) = (before, nil, nil, false)
                return .fellBack(reason)
            }
            holding = .rejected(reason, refreshToken: refreshToken, token: tokenAtHand)
            failure = nil
            return .rejected(reason)
        }
        let next = nextTry(after: error, refusals: isRefusal ? refusals : 0, tries: tries, verdict: verdict, at: now)
        // What is only renewed on request is not tried again by itself.
        if renewsByItself {
            failure = Failure(
                error: error, tries: tries, refusals: refusals, firstRefusal: firstRefusal, pairMayBeLost: pairMayBeLost, next: next)
        }
        return .retry(at: next)
    }

    private func nextTry(after error: NetatmoError, refusals: Int, tries: Int, verdict: Date, at now: Date) -> Date {
        guard refusals > 0 else { return now.addingTimeInterval(backoff.delay(after: error, failures: tries) / .seconds(1)) }
        guard refusals <= Self.refusalDelays.count else { return verdict }
        return now.addingTimeInterval(Self.refusalDelays[refusals - 1] / .seconds(1))
    }

    /// Whether a renewal that fails is tried again without being asked.
    var renewsByItself: Bool {
        switch holding {
        case .refreshToken, .token: true
        case .none, .rejected: false
        }
    }

    /// The part of the status that this decides.
    func status(renewal underWay: Date?, saving: TokenStatus.Saving) -> TokenStatus {
        let possession: TokenStatus.Possession =
            switch holding {
            case .none(let ignored): .none(ignored: ignored.map { .init(since: $0.since, canRenew: $0.refreshToken != nil) })
            case .refreshToken: .refreshTokenOnly
            case .token(let token, let lifetime): .token(expiry: token.expiry, lifetime: lifetime, renewsAt: renewalTime)
            case .rejected(let error, _, let token): .rejected(error, expiry: token?.expiry)
            }
        let renewal: TokenStatus.Renewal =
            if let underWay {
                .underWay(since: underWay)
            } else if let failure {
                .failing(failure.error, tries: failure.tries, next: failure.next)
            } else {
                .idle
            }
        return TokenStatus(possession: possession, renewal: renewal, saving: saving)
    }
}

extension NetatmoError.Kind {
    /// Whether NetAtmo, or the way to it, was out of order, so that it never came to judge a token.
    fileprivate var isTrouble: Bool {
        switch self {
        case .network, .certificate, .connectTimeout, .timeout, .busy, .outage, .html, .truncated, .tooLarge, .invalidAnswer: true
        case .unauthorized, .wrongScope, .invalidGrant, .invalidClient, .quota, .rateLimited, .refused, .heldBack: false
        }
    }
}

extension NetatmoError {
    /// The refusal of a refresh token after a try whose answer never arrived whole.
    fileprivate var afterLostPair: NetatmoError {
        let lost = "an earlier answer was lost on its way, with the new pair of tokens in it"
        return NetatmoError(kind, status: status, code: code, message: message.map { "\(lost); \($0)" } ?? lost)
    }
}
