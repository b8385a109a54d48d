import FoundationEssentials

/// What a client asks for when it sends its user to `/oauth2/authorize`.
struct AuthorizationRequest: Equatable, Sendable {
    enum Problem: Error, Equatable {
        /// The user is told, and not sent anywhere: the redirect can't be trusted.
        case untrusted(String)
        /// The client is told through the redirect (RFC 6749, 4.1.2.1).
        case redirect(to: String)
    }

    private static let longestState = 2048
    private static let longestRedirect = 2048

    var redirectURI: String
    var scope: [String]
    var state: String

    /// - Parameter clientID: the only client there is.
    /// - Throws: ``Problem`` for the first thing that is wrong.
    init(fields: FormFields, clientID: String) throws(Problem) {
        guard fields["client_id"] == clientID else { throw .untrusted("client_id is not that of the simulated app.") }
        guard let redirect = fields["redirect_uri"], Self.isAcceptable(redirect: redirect) else {
            throw .untrusted("redirect_uri has to be an absolute http or https address without a fragment.")
        }
        guard let state = fields["state"], !state.isEmpty, state.utf8.count <= Self.longestState else {
            throw .redirect(to: Self.location(redirect, [("error", "invalid_request")]))
        }
        guard fields["response_type"] == "code" else {
            throw .redirect(to: Self.location(redirect, [("error", "unsupported_response_type"), ("state", state)]))
        }
        guard let scope = Scope.parse(fields["scope"] ?? Scope.readStation) else {
            throw .redirect(to: Self.location(redirect, [("error", "invalid_scope"), ("state", state)]))
        }
        redirectURI = redirect
        self.scope = scope
        self.state = state
    }

    func accepted(code: String) -> String {
        Self.location(redirectURI, [("state", state), ("code", code)])
    }

    var denied: String {
        Self.location(redirectURI, [("error", "access_denied"), ("state", state)])
    }

    /// The fields that the sign-in page sends back, so that the second request says the same as the first.
    func formFields(clientID: String) -> [(name: String, value: String)] {
        [
            ("client_id", clientID), ("redirect_uri", redirectURI), ("response_type", "code"),
            ("scope", scope.joined(separator: " ")), ("state", state),
        ]
    }

    private static func location(_ redirect: String, _ fields: [(String, String)]) -> String {
        let query = fields.map { $0.0 + "=" + FormFields.encode($0.1) }.joined(separator: "&")
        return redirect + (redirect.contains("?") ? "&" : "?") + query
    }

    private static func isAcceptable(redirect: String) -> Bool {
        // Printable ASCII alone: the address goes into a header as it is.
        guard redirect.utf8.count <= Self.longestRedirect, redirect.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let parts = URLComponents(string: redirect, encodingInvalidCharacters: false)
        else { return false }
        guard let scheme = parts.scheme?.lowercased(), scheme == "http" || scheme == "https" else { return false }
        guard let host = parts.host, !host.isEmpty else { return false }
        return parts.fragment == nil && parts.user == nil && parts.password == nil
    }
}

/// The rights that a token can carry.
enum Scope {
    static let readStation = "read_station"
    static let readHomeCoach = "read_homecoach"
    static let readThermostat = "read_thermostat"

    /// Those of NetAtmo's documentation.
    private static let known: Set<String> = [
        readStation, readHomeCoach, readThermostat, "write_thermostat", "read_camera", "write_camera", "access_camera",
        "read_presence", "write_presence", "access_presence", "read_doorbell", "access_doorbell", "read_smokedetector",
        "read_carbonmonoxidedetector", "read_magellan", "write_magellan", "read_bubendorff", "write_bubendorff", "read_mx", "write_mx",
        "read_smarther", "write_smarther",
    ]

    /// The rights in a space-separated list, each once and in order; `nil` if there is none or one of them is unknown.
    static func parse(_ text: String) -> [String]? {
        var scope: [String] = []
        for name in text.split(separator: " ").map(String.init) where !scope.contains(name) {
            guard Self.known.contains(name) else { return nil }
            scope.append(name)
        }
        return scope.isEmpty ? nil : scope
    }
}
