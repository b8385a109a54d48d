import HTTPTypes
import Hummingbird
import Logging

/// Logs each request at level debug by its method and path. Never the query: it may hold an authorization code.
struct RequestLogMiddleware: RouterMiddleware {
    let logger: Logger

    func handle(
        _ request: Request, context: ExporterRequestContext, next: @concurrent (Request, ExporterRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            let response = try await next(request, context)
            logger.debug("http \(request.method.rawValue) \(request.uri.path) \(response.status.code)")
            return response
        } catch {
            let status = (error as? any HTTPResponseError)?.status ?? .internalServerError
            logger.debug("http \(request.method.rawValue) \(request.uri.path) \(status.code)")
            throw error
        }
    }
}
