public import Netatmo
import System

/// What NetAtmo sends the browser back with: `state`, and a `code` or an `error`.
struct AuthorizationAnswer: Sendable, Hashable {
    /// What the user decided.
    enum Result: Sendable, Hashable {
        /// Yes: a code to be exchanged.
        case code(Secret)
        /// No, or something went wrong; NetAtmo's word for it.
        case denied(String)
    }

    let state: Secret?
    let result: Result

    /// Reads the query of the redirect; `nil` where it holds neither a code nor an error.
    init?(query: some StringProtocol) {
        guard query.utf8.count <= 8192, let pairs = PercentEncoding.pairs(in: query) else { return nil }
        func value(_ name: String) -> Secret? {
            pairs.first { $0.name == name }.flatMap { Secret($0.value) }
        }
        state = value("state")
        if let error = value("error") {
            result = .denied(error.reveal())
        } else if let code = value("code") {
            result = .code(code)
        } else {
            return nil
        }
    }
}

/// Why a sign-in failed, and what to do.
public enum SignInError: Error, Sendable, Hashable, CustomStringConvertible {
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
    public var description: String {
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

extension SignInError {
    /// What NetAtmo's answer says of the settings of this exporter and of the user's app; `nil` where it is about something else.
    ///
    /// - Parameter redirectURI: Where NetAtmo was asked to send the browser back to.
    init?(settingsProblemIn answer: AuthorizationAnswer, redirectURI: String) {
        guard case .denied(let word) = answer.result else { return nil }
        self.init(settingsProblem: word, redirectURI: redirectURI)
    }

    /// - Parameter word: NetAtmo's word for what is wrong.
    init?(settingsProblem word: String?, redirectURI: String) {
        switch word {
        case "redirect_uri_mismatch": self = .foreignRedirect(redirectURI)
        case "invalid_client", "unauthorized_client": self = .unknownClient
        default: return nil
        }
    }
}
