/// The codes that a sign-in hands out: each is good for one exchange, for a short time, and for the redirect it was made for.
struct AuthorizationCodes: Sendable {
    private struct Grant: Sendable {
        var redirectURI: String
        var scope: [String]
        var expires: Int
    }

    /// More sign-ins in flight than this push out the oldest.
    private static let limit = 64

    private var grants: [(code: String, grant: Grant)] = []

    mutating func issue(
        redirectURI: String, scope: [String], now: Int, lifetime: Int, using generator: inout any RandomNumberGenerator & Sendable
    ) -> String {
        let code = Secrets.code(using: &generator)
        grants.append((code, Grant(redirectURI: redirectURI, scope: scope, expires: now + lifetime)))
        grants.removeFirst(max(0, grants.count - Self.limit))
        return code
    }

    /// The scope that a code grants, or `nil` if it is unknown, used, too old or made for another redirect. Spends the code in any case.
    mutating func redeem(code: String, redirectURI: String, now: Int) -> [String]? {
        guard let index = grants.firstIndex(where: { $0.code == code }) else { return nil }
        let grant = grants.remove(at: index).grant
        return grant.redirectURI == redirectURI && now < grant.expires ? grant.scope : nil
    }

    mutating func revokeAll() {
        grants = []
    }
}
