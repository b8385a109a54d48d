package import Homes

/// Why a sign-in failed, and what to do.
package enum SignInError: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// The text is neither a refresh token nor the address of a redirect.
    case unreadable(PasteProblem)
    /// The redirect belongs to no sign-in that is under way.
    case unknownState
    /// The user or NetAtmo said no.
    case denied(String)
    /// The app at NetAtmo has another redirect URI than this one.
    case foreignRedirect(String)
    /// NetAtmo does not know the app by its id and secret.
    case unknownClient
    /// NetAtmo did not give a token.
    case netatmo(NetatmoError)
    /// NetAtmo does not know the refresh token that the user brought.
    case refusedToken
    /// NetAtmo does not know the code that the browser brought.
    case refusedCode
    /// NetAtmo was not asked, since what it gave could not be saved.
    case notSavable(TokenFileError)
    /// The program is stopping.
    case stopping

    /// One line for the user.
    package var description: String {
        switch self {
        case .unreadable(let problem):
            "\(problem)"
        case .unknownState:
            "that answer belongs to no sign-in under way, or to one older than 10 minutes: start again"
        case .denied(let error):
            error == "access_denied"
                ? "access was denied at NetAtmo" : "NetAtmo answered: \(NetatmoError(.refused, message: error).message ?? "")"
        case .foreignRedirect(let address):
            "NetAtmo does not send browsers back to \(address): enter exactly that as the redirect URI of your app at dev.netatmo.com"
        case .unknownClient:
            "NetAtmo does not know this client ID and secret: compare them with those of your app at dev.netatmo.com"
        case .netatmo(let error):
            "\(error)"
        case .refusedToken:
            "NetAtmo refused it as a refresh token: used up, revoked, of another app, or an access token"
        case .refusedCode:
            "NetAtmo refused the code: it is good once and for a short time, start again"
        case .notSavable(let error):
            "NetAtmo was not asked, since a new token could not be saved: \(error.reason); \(error.remedy)"
        case .stopping:
            "the program is stopping"
        }
    }
}
