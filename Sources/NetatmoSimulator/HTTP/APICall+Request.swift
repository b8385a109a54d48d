import Hummingbird

extension APICall {
    /// Reads a request. What can't be read as a query or form becomes `nil` ``fields``.
    /// - Throws: if the body is larger than the context allows, or the connection breaks.
    init(_ request: inout Request, endpoint: Endpoint, context: SimulatorContext) async throws {
        let body = try await request.collectBody(upTo: context.maxUploadSize)
        self.endpoint = endpoint
        method = request.method == .post ? .post : .get
        bearer = Self.bearer(request.headers[.authorization])
        fields = Self.fields(of: request, body: body, endpoint: endpoint)
    }

    private static func fields(of request: Request, body: ByteBuffer, endpoint: Endpoint) -> FormFields? {
        do {
            // Credentials belong in the body: what `/oauth2/token` finds in its query, it doesn't take.
            let query = endpoint == .token ? FormFields() : try FormFields(request.uri.query ?? "")
            guard request.method == .post, body.readableBytes > 0 else { return query }
            guard Self.isForm(request.headers[.contentType]) else { return nil }
            guard let text = String(validating: body.readableBytesView, as: UTF8.self) else { return nil }
            return query.merging(try FormFields(text))
        } catch {
            return nil
        }
    }

    private static func isForm(_ contentType: String?) -> Bool {
        let type = contentType?.split(separator: ";", omittingEmptySubsequences: false).first
        // Blanks around it are allowed.
        return type?.lowercased().split(separator: " ") == ["application/x-www-form-urlencoded"]
    }

    private static func bearer(_ authorization: String?) -> String? {
        guard let parts = authorization?.split(separator: " "), parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}
