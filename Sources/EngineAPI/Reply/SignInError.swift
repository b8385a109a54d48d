package import Homes

/// Why a sign-in failed, and what to do.
package enum SignInError: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// The text is neither a refresh token nor the address of a redirect.
    case unreadable(PasteProblem)
    case unknownState
    /// The user or NetAtmo said no.
    case denied(String)
    case foreignRedirect(String)
    case unknownClient
    /// NetAtmo did not give a token.
    case netatmo(NetatmoError)
    case refusedToken
    case refusedCode
    case notSavable(TokenFileError)
    /// The engine can't be asked: it is another process, which does not answer.
    case unreachable
    case stopping

    package var description: String {
        switch self {
        case .unreadable(let problem): "\(problem)"
        case .unknownState: "that answer belongs to no sign-in under way, or to one older than 10 minutes: start again"
        case .denied(let error):
            error == "access_denied"
                ? "access was denied at NetAtmo" : "NetAtmo answered: \(NetatmoError(.refused, message: error).message ?? "")"
        case .foreignRedirect(let address):
            "NetAtmo does not send browsers back to \(address): enter exactly that as the redirect URI of your app at dev.netatmo.com"
        case .unknownClient: "NetAtmo does not know this client ID and secret: compare them with those of your app at dev.netatmo.com"
        case .netatmo(let error): "\(error)"
        case .refusedToken: "NetAtmo refused it as a refresh token: used up, revoked, of another app, or an access token"
        case .refusedCode: "NetAtmo refused the code: it is good once and for a short time, start again"
        case .notSavable(let error): "NetAtmo was not asked, since a new token could not be saved: \(error.reason); \(error.remedy)"
        case .unreachable: "the service does not answer: try again once it runs"
        case .stopping: "the program is stopping"
        }
    }
}
