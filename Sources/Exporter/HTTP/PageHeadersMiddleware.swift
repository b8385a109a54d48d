import HTTPTypes
import Hummingbird

/// Tells browsers what they must not do with our pages: guess their type, run what is no file of ours, tell where they come
/// from, keep them, show them inside of others.
enum PageHeaders {
    /// The header fields of every answer.
    static let all: [(name: String, value: String)] = [
        ("Content-Security-Policy", contentSecurityPolicy), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
    ]

    /// Those of every answer but `/metrics`.
    static let unkept = all + [("Cache-Control", "no-store")]

    private static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self'", "form-action 'self'",
        "frame-ancestors 'none'", "base-uri 'none'",
    ].joined(separator: "; ")
}

/// Puts ``PageHeaders`` on every answer, errors included.
struct PageHeadersMiddleware: RouterMiddleware {
    private static let fields = PageHeaders.unkept.compactMap { field in HTTPField.Name(field.name).map { ($0, field.value) } }

    func handle(
        _ request: Request, context: ExporterRequestContext, next: @concurrent (Request, ExporterRequestContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            response = try error.response(from: request, context: context)
        }
        for (name, value) in Self.fields where response.headers[name] == nil { response.headers[name] = value }
        return response
    }
}
