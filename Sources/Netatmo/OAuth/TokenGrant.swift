package import OperatingSystem

/// What `/oauth2/token` granted: a new pair of tokens.
package struct TokenGrant: Sendable, Hashable {
    package let accessToken: Secret
    /// NetAtmo always sends one.
    package let refreshToken: Secret?
    /// How long the access token lives, from when it was granted.
    package let lifetime: Duration

    /// What is taken where NetAtmo does not say the lifetime: its usual 3 hours.
    static let usualLifetime = 10_800.0
}

extension TokenGrant: Decodable {
    /// Reads an answer in any of the forms met: `expires_in` or `expire_in`, as a number or as text; `scope` is not looked at.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        guard let accessToken = try container.token("access_token") else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no access_token"))
        }
        self.accessToken = accessToken
        refreshToken = try container.token("refresh_token")
        // A lifetime that can't be is no reason to lose the pair: the one before it is dead already.
        let lifetimes = ["expires_in", "expire_in"].compactMap { container.number($0) }
        let seconds = lifetimes.first { $0 >= 1 } ?? Self.usualLifetime
        // A year is longer than any token lives and short enough for every calculation.
        lifetime = .seconds(min(seconds, 31_536_000))
    }
}

extension KeyedDecodingContainer where Key == AnyKey {
    /// A token; `nil` where there is none.
    ///
    /// - Throws: ``AnswerFault`` where a text stands there that can be none: no request could be made with it.
    fileprivate func token(_ name: String) throws -> Secret? {
        guard let text = text(name), !text.isEmpty else { return nil }
        guard let token = Secret.token(text) else {
            throw AnswerFault(message: "its \(name) holds something else than up to \(Secret.longestToken) visible ASCII characters")
        }
        return token
    }
}
