package import Homes
package import OperatingSystem

/// NetAtmo's OAuth 2 endpoints, for the authorization code and the refresh token grant.
package struct OAuthClient: Sendable {
    private let baseURL: String
    private let credentials: ClientCredentials
    private let scopes: [Scope]
    private let transport: any NetatmoTransport

    /// - Parameters:
    ///   - baseURL: Scheme, host and port of NetAtmo as the user's browser reaches it.
    ///   - scopes: What a user who signs in is asked to allow.
    package init(baseURL: String, credentials: ClientCredentials, scopes: [Scope] = [.readStation], transport: any NetatmoTransport) {
        self.baseURL = baseURL
        self.credentials = credentials
        self.scopes = scopes
        self.transport = transport
    }

    /// The page at NetAtmo where the user lets this program read the stations.
    ///
    /// - Parameters:
    ///   - redirectURI: Where NetAtmo sends the browser back to; it has to be the one registered with the app.
    ///   - state: Comes back unchanged, and ties the answer to this question.
    package func authorizeURL(redirectURI: String, state: Secret) -> String {
        let query = PercentEncoding.form([
            ("client_id", credentials.id),
            ("redirect_uri", redirectURI),
            ("response_type", "code"),
            ("scope", scopes.text),
            ("state", state.reveal()),
        ])
        return "\(baseURL)/oauth2/authorize?\(query)"
    }

    /// Exchanges an authorization code for a pair of tokens.
    ///
    /// - Parameters:
    ///   - code: The code from the redirect; it works once.
    ///   - redirectURI: The same as in the authorize URL.
    package func exchange(code: Secret, redirectURI: String) async throws(NetatmoError) -> TokenGrant {
        try await grant(
            "authorization_code", [("code", code.reveal()), ("redirect_uri", redirectURI), ("scope", scopes.text)], spending: code
        )
    }

    /// Exchanges a refresh token for a new pair. NetAtmo invalidates both old tokens at once.
    package func refresh(_ refreshToken: Secret) async throws(NetatmoError) -> TokenGrant {
        try await grant("refresh_token", [("refresh_token", refreshToken.reveal())], spending: refreshToken)
    }

    private func grant(
        _ type: String, _ fields: [(name: String, value: String)], spending secret: Secret
    ) async throws(NetatmoError) -> TokenGrant {
        let form =
            [("grant_type", type), ("client_id", credentials.id), ("client_secret", credentials.secret.reveal())] + fields
        let answer = try await transport.send(NetatmoRequest(purpose: .token, path: "/oauth2/token", form: form))
        do {
            return try answer.decoded(as: TokenGrant.self)
        } catch {
            throw error.hiding([credentials.secret, secret]).explained(by: credentials.doubt)
        }
    }
}

extension NetatmoError {
    /// The refusal of the client, with what may be wrong with its id or secret.
    fileprivate func explained(by doubt: String?) -> NetatmoError {
        guard kind == .invalidClient, let doubt else { return self }
        return NetatmoError(
            kind, status: status, code: code, message: [doubt, message].compactMap(\.self).joined(separator: "; "), retryAfter: retryAfter,
            mayHaveBeenCarriedOut: mayHaveBeenCarriedOut
        )
    }
}
