/// What a client asks of `/oauth2/token`.
struct TokenRequest: Equatable, Sendable {
    enum Grant: Equatable, Sendable {
        case code(String, redirectURI: String, scope: [String]?)
        case refresh(String)
    }

    /// The word in `error`, as RFC 6749 (5.2) has it.
    enum Problem: String, Error {
        case invalidRequest = "invalid_request"
        case invalidClient = "invalid_client"
        case invalidGrant = "invalid_grant"
        case invalidScope = "invalid_scope"
        case unsupportedGrant = "unsupported_grant_type"
    }

    let clientID: String
    let clientSecret: String
    let grant: Grant

    /// - Throws: ``Problem`` if something is missing or makes no sense.
    init(fields: FormFields) throws(Problem) {
        let kind = try Self.required("grant_type", in: fields)
        clientID = try Self.required("client_id", in: fields)
        clientSecret = try Self.required("client_secret", in: fields)
        switch kind {
        case "authorization_code":
            var scope: [String]?
            if let text = fields["scope"], !text.isEmpty {
                guard let parsed = Scope.parse(text) else { throw .invalidScope }
                scope = parsed
            }
            grant = .code(try Self.required("code", in: fields), redirectURI: try Self.required("redirect_uri", in: fields), scope: scope)
        case "refresh_token":
            grant = .refresh(try Self.required("refresh_token", in: fields))
        default:
            throw .unsupportedGrant
        }
    }

    private static func required(_ name: String, in fields: FormFields) throws(Problem) -> String {
        guard let value = fields[name], !value.isEmpty else { throw .invalidRequest }
        return value
    }
}

/// What `/oauth2/token` answers. The lifetime comes under two names, and there is no `token_type`.
struct TokenAnswer: Encodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
        case scope
        case expiresIn = "expires_in"
        case expireIn = "expire_in"
    }

    let accessToken: String
    let refreshToken: String
    let scope: [String]
    let expiresIn: Int
    let expireIn: Int

    /// - Parameter lifetime: seconds from the pair's issue to its end. Not measured by the clock, which may have moved on since.
    init(pair: TokenVault.Pair, lifetime: Int) {
        accessToken = pair.access
        refreshToken = pair.refresh
        scope = pair.scope
        expiresIn = lifetime
        expireIn = lifetime
    }
}
