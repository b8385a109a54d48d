package import FoundationEssentials
import OperatingSystem

/// Something about a token file that its owner should know.
package enum TokenFileWarning: Sendable, Hashable, Codable, CustomStringConvertible {
    case bothTokensMissing
    case accessTokenMissing
    case refreshTokenMissing
    case expiryMissing
    case accessTokenAlone
    case expired(since: Date)

    package var description: String {
        switch self {
        case .bothTokensMissing: "holds neither an access token nor a refresh token: sign in to get one"
        case .accessTokenMissing: "holds no access token: it is refreshed at once"
        case .refreshTokenMissing: "holds no refresh token: it can't be renewed by itself, sign in again before it expires"
        case .expiryMissing: "holds no expiry: the token is taken to expire in a second"
        case .accessTokenAlone:
            "holds neither a refresh token nor an expiry: the access token is used until NetAtmo refuses it, then sign in again"
        case .expired(let since): "holds a token that expired at \(RFC3339.text(since)): it is ignored"
        }
    }
}
