import FoundationEssentials

/// An answer without its HTTP.
struct APIAnswer: Sendable {
    var status: Int
    var contentType: String
    var body: [UInt8]
    var headers: [(name: String, value: String)] = []
    /// What the record notes for an error.
    var error: String?
}

extension APIAnswer {
    /// JSON with its keys in order, so that the same readings make the same bytes.
    init(json value: some Encodable, status: Int = 200) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            self.init(status: status, contentType: "application/json; charset=utf-8", body: [UInt8](try encoder.encode(value)))
        } catch {
            // No value here can fail to encode; if one ever does, it shows as the server's fault that it is.
            self.init(status: 500, contentType: "text/plain; charset=utf-8", body: [], error: "encoding")
        }
    }

    /// A page of HTML that may not be kept, framed, or run a script.
    init(page: String, status: Int = 200, error: String? = nil) {
        self.init(
            status: status, contentType: "text/html; charset=utf-8", body: Array(page.utf8),
            headers: [
                // No form-action here: browsers apply it to the redirect after the form too, and that leads to the client.
                ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"),
                ("X-Content-Type-Options", "nosniff"),
                ("Referrer-Policy", "no-referrer"),
                ("Cache-Control", "no-store"),
            ],
            error: error
        )
    }

    init(redirect location: String, error: String? = nil) {
        self.init(
            status: 302, contentType: "text/plain; charset=utf-8", body: [],
            headers: [("Location", location), ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer")], error: error
        )
    }

    init(oauthError: TokenRequest.Problem) {
        self.init(json: ["error": oauthError.rawValue], status: 400)
        headers = [("Cache-Control", "no-store")]
        self.error = oauthError.rawValue
    }

    init(apiError: APIError) {
        self.init(json: ["error": ErrorBody(code: apiError.code, message: apiError.message)], status: apiError.status)
        self.error = String(apiError.code)
    }

    private struct ErrorBody: Encodable {
        let code: Int
        let message: String
    }
}
