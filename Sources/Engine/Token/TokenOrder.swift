import EngineAPI
import FoundationEssentials
import Homes
import Netatmo
import OperatingSystem

/// Something that gets a new pair of tokens from NetAtmo.
enum TokenOrder: Sendable, Hashable {
    /// With the refresh token at hand.
    case refresh
    /// With an authorization code from the redirect.
    case exchange(code: Secret, redirectURI: String)
    /// With a refresh token that the user brought.
    case adopt(refreshToken: Secret)

    var isSignIn: Bool { self != .refresh }

    /// The refresh token that the order uses up. It stays in force where the answer brings no other one.
    ///
    /// - Parameter current: The one of the authorization so far, which a sign-in has nothing to do with.
    func refreshToken(atHand current: Secret?) -> Secret? {
        switch self {
        case .refresh: current
        case .exchange: nil
        case .adopt(let refreshToken): refreshToken
        }
    }
}

/// How many new tokens came since the start.
struct TokenCount: Sendable, Hashable {
    var tokens = 0
    /// Those that the user signed in for; another account may be behind each.
    var signIns = 0

    mutating func count(isSignIn: Bool) {
        tokens += 1
        if isSignIn { signIns += 1 }
    }
}

enum TokenOutcome: Sendable, Hashable {
    /// A new token, which works until then.
    case renewed(until: Date)
    /// NetAtmo did not give one.
    case failed(NetatmoError)
    /// There is no refresh token to do it with.
    case nothingToRenew
    /// NetAtmo was not asked, since what it gave could not be saved.
    case notSavable(TokenFileError)
    case stopped
}

/// Why there is no access token to be had.
enum NoToken: Error, Sendable, Hashable {
    /// In this state there is none.
    case state(TokenStatus.State)
    /// The renewal that would have given one failed.
    case renewalFailed(NetatmoError)
}
