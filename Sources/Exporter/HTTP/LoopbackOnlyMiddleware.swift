import HTTPTypes
import Hummingbird

/// Lets this machine alone pass. A request that a proxy forwarded comes from somewhere else, wherever the proxy runs.
struct LoopbackOnlyMiddleware: RouterMiddleware {
    private static let forwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"].compactMap { HTTPField.Name($0) }

    func handle(
        _ request: Request, context: ExporterRequestContext, next: @concurrent (Request, ExporterRequestContext) async throws -> Response
    ) async throws -> Response {
        guard Self.admits(request, context: context) else {
            return .text(
                .forbidden, "Signing in works from the machine that the exporter runs on; over SSH, with: ssh -L 9210:127.0.0.1:9210 HOST"
            )
        }
        // What these paths do cannot be done twice, and nobody means it by asking for a header alone.
        guard request.method != .head else { return Response(status: .methodNotAllowed, headers: [.allow: "GET, POST"]) }
        return try await next(request, context)
    }

    /// Whether a request comes from this machine.
    static func admits(_ request: Request, context: ExporterRequestContext) -> Bool {
        context.isLoopback && !forwardingHeaders.contains { request.headers[$0] != nil }
    }
}
