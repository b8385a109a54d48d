package import EngineAPI
import Netatmo
package import OperatingSystem

/// What NetAtmo sends the browser back with: `state`, and a `code` or an `error`.
package struct AuthorizationAnswer: Sendable, Hashable {
    /// What the user decided.
    package enum Result: Sendable, Hashable {
        /// Yes: a code to be exchanged.
        case code(Secret)
        /// No, or something went wrong; NetAtmo's word for it.
        case denied(String)
    }

    package let state: Secret?
    package let result: Result

    /// Reads the query of the redirect; `nil` where it holds neither a code nor an error.
    package init?(query: some StringProtocol) {
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

extension SignInError {
    /// What NetAtmo's answer says of the settings of this exporter and of the user's app; `nil` where it is about something else.
    ///
    /// - Parameter redirectURI: Where NetAtmo was asked to send the browser back to.
    package init?(settingsProblemIn answer: AuthorizationAnswer, redirectURI: String) {
        guard case .denied(let word) = answer.result else { return nil }
        self.init(settingsProblem: word, redirectURI: redirectURI)
    }

    /// - Parameter word: NetAtmo's word for what is wrong.
    package init?(settingsProblem word: String?, redirectURI: String) {
        switch word {
        case "redirect_uri_mismatch": self = .foreignRedirect(redirectURI)
        case "invalid_client", "unauthorized_client": self = .unknownClient
        default: return nil
        }
    }
}
