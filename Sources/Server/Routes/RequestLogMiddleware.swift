import EngineAPI
import Hummingbird
import Logging
import OperatingSystem

/// Logs each request at level debug by its method and path. Never the query: it may hold an authorization code. Of requests to sign
/// in that are refused, one a minute: strangers must not fill a log that is kept for a day.
struct RequestLogMiddleware: RouterMiddleware {
    let logger: Logger
    let clock: any WallClock
    private let refusals = MinuteGate()

    func handle(
        _ request: Request, context: ExporterRequestContext, next: @concurrent (Request, ExporterRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            let response = try await next(request, context)
            log(request, response.status)
            return response
        } catch {
            log(request, (error as? any HTTPResponseError)?.status ?? .internalServerError)
            throw error
        }
    }

    private func log(_ request: Request, _ status: HTTPResponse.Status) {
        guard logger.logLevel <= .debug else { return }
        if status.kind == .clientError, ExporterPath(rawValue: request.uri.path)?.purpose == .signingIn,
            refusals.pass(at: clock.now) == nil
        {
            return
        }
        logger.debug("http \(request.method.rawValue) \(request.uri.path.harmless) \(status.code)")
    }
}
