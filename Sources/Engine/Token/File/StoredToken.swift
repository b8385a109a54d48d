package import EngineAPI
package import FoundationEssentials
package import OperatingSystem

/// What a token file means at startup: the table of the token file's contract.
package enum StoredToken: Sendable, Hashable {
    /// There is no file, or neither token in it.
    case none
    /// A token that works now.
    case usable(Token)
    /// No access token, but a refresh token: to be refreshed at once.
    case refreshable(Secret)
    /// Ran out before the start: ignored until the user asks for its renewal.
    case expired(since: Date, refreshToken: Secret?)
}

extension StoredToken {
    /// What the attributes of a token file mean, and what its owner should be warned of.
    ///
    /// - Parameter attributes: `nil` where there is no file.
    package static func interpret(_ attributes: TokenAttributes?, at now: Date) -> (token: StoredToken, warnings: [TokenFileWarning]) {
        guard let attributes else { return (.none, []) }
        switch (attributes.accessToken, attributes.refreshToken) {
        case (nil, nil):
            return (.none, [.bothTokensMissing])
        case (nil, let refreshToken?):
            return (.refreshable(refreshToken), [.accessTokenMissing])
        case (let accessToken?, let refreshToken):
            if let expiry = attributes.expiry, expiry <= now {
                return (.expired(since: expiry, refreshToken: refreshToken), [.expired(since: expiry)])
            }
            // Without a refresh token there is nothing to renew it early with.
            let assumed = refreshToken == nil ? nil : now.addingTimeInterval(shortExpiry)
            let token = Token(
                accessToken: accessToken,
                refreshToken: refreshToken,
                expiry: attributes.expiry ?? assumed,
                otherAttributes: attributes.other
            )
            return switch (attributes.expiry, refreshToken) {
            case (nil, nil): (.usable(token), [.accessTokenAlone])
            case (nil, _): (.usable(token), [.expiryMissing])
            case (_, nil): (.usable(token), [.refreshTokenMissing])
            case (_, _): (.usable(token), [])
            }
        }
    }

    /// The lifetime, in seconds, that a token without an expiry is given where it can be renewed, so that it is refreshed at once.
    private static let shortExpiry = 1.0
}
