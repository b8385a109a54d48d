/// The token pairs that are alive, and the rule that NetAtmo renews them by.
///
/// Every refresh makes a new pair, and both tokens of the old one are dead at once: a client that loses the answer is logged out.
struct TokenVault: Sendable {
    struct Pair: Equatable, Sendable {
        var access: String
        var refresh: String
        var scope: [String]
        /// Unix seconds; from then on the access token answers "expired". The refresh token has no end.
        var expires: Int
    }

    /// How an access token is regarded.
    enum Access: Equatable, Sendable {
        case valid(scope: [String])
        case expired
        /// Never issued, replaced or revoked: NetAtmo doesn't say which.
        case unknown
    }

    /// More sign-ins than this push out the oldest, so that no client fills the memory.
    private static let pairLimit = 64
    private static let replacedLimit = 512

    /// Oldest first.
    private var pairs: [Pair] = []
    /// Refresh tokens that were exchanged, oldest first: they tell a client that lost a pair from one that made a token up.
    private var replaced: [String] = []

    mutating func issue(scope: [String], now: Int, lifetime: Int, using generator: inout any RandomNumberGenerator & Sendable) -> Pair {
        let pair = Pair(
            access: Secrets.token(using: &generator), refresh: Secrets.token(using: &generator), scope: scope, expires: now + lifetime
        )
        pairs.append(pair)
        pairs.removeFirst(max(0, pairs.count - Self.pairLimit))
        return pair
    }

    /// The pair in place of the one that `refresh` belongs to, or `nil` if there is none.
    mutating func rotate(refresh: String, now: Int, lifetime: Int, using generator: inout any RandomNumberGenerator & Sendable) -> Pair? {
        guard let index = pairs.firstIndex(where: { $0.refresh == refresh }) else { return nil }
        let old = pairs.remove(at: index)
        replaced.append(old.refresh)
        replaced.removeFirst(max(0, replaced.count - Self.replacedLimit))
        return issue(scope: old.scope, now: now, lifetime: lifetime, using: &generator)
    }

    func check(access: String, now: Int) -> Access {
        guard let pair = pairs.first(where: { $0.access == access }) else { return .unknown }
        return now < pair.expires ? .valid(scope: pair.scope) : .expired
    }

    /// Whether a refresh token was good once and has been exchanged since.
    func wasReplaced(refresh: String) -> Bool {
        replaced.contains(refresh)
    }

    /// Whether a refresh token belongs to a pair that is alive.
    func isAlive(refresh: String) -> Bool {
        pairs.contains { $0.refresh == refresh }
    }

    mutating func revokeAll() {
        pairs = []
    }
}
