import HTTPTypes
import Hummingbird

/// Refuses methods that a known path does not take, and says which it takes.
struct MethodMiddleware: RouterMiddleware {
    /// The methods of each path. Where `HEAD` is missing, nobody means it: what such a path does can't be done twice.
    private static let methods = [
        "/": "GET, HEAD", "/style.css": "GET, HEAD", "/script.js": "GET, HEAD", "/metrics": "GET, HEAD", "/version": "GET, HEAD",
        "/healthz": "GET, HEAD", "/readyz": "GET, HEAD", "/api/status": "GET, HEAD", "/auth/authorize": "GET", "/auth/callback": "GET",
        "/auth/settoken": "POST",
    ]

    func handle(
        _ request: Request, context: ExporterRequestContext, next: @concurrent (Request, ExporterRequestContext) async throws -> Response
    ) async throws -> Response {
        guard let methods = Self.methods[request.uri.path], !methods.split(separator: ", ").contains(Substring(request.method.rawValue))
        else { return try await next(request, context) }
        var response = Response.text(.methodNotAllowed, "\(request.uri.path) takes \(methods) only.")
        response.headers[.allow] = methods
        return response
    }
}
