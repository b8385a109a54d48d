import HTTPTypes
import Hummingbird

/// Lets this machine alone pass. A request that a proxy forwarded comes from somewhere else, wherever the proxy runs.
struct LoopbackOnlyMiddleware: RouterMiddleware {
    private static let forwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"].compactMap { HTTPField.Name($0) }

    func handle(
        _ request: Request, context: ExporterRequestContext, next: @concurrent (Request, ExporterRequestContext) async throws -> Response
    ) async throws -> Response {
        let isForwarded = Self.forwardingHeaders.contains { request.headers[$0] != nil }
        guard context.isLoopback, !isForwarded else {
            return .text(
                .forbidden, "Signing in works from the machine that the exporter runs on; over SSH, with: ssh -L 9210:127.0.0.1:9210 HOST"
            )
        }
        return try await next(request, context)
    }
}
