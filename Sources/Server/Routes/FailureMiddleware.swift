import Hummingbird
import Logging
import OperatingSystem

/// An answer that can't be given, through no fault of the client.
enum RouteFailure: String, Error {
    case noRandomness = "the system gave no random bytes"
}

/// Answers 500 where a route fails, and tells the log why; a line a minute at most.
struct FailureMiddleware: RouterMiddleware {
    let logger: Logger
    let clock: any WallClock
    private let gate = MinuteGate()

    func handle(
        _ request: Request, context: ExporterRequestContext, next: @concurrent (Request, ExporterRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error where !(error is any HTTPResponseError || error is CancellationError) {
            if let others = gate.pass(at: clock.now) {
                logger.error("http \(request.method.rawValue) \(request.uri.path.harmless) failed: \(Self.cause(error))\(others)")
            }
            return .text(.internalServerError, "The exporter failed to answer: its log has the reason.")
        }
    }

    /// Of errors that are not ours the type alone: their words may quote what the request or the answer held.
    private static func cause(_ error: any Error) -> String {
        (error as? RouteFailure)?.rawValue ?? "\(type(of: error))"
    }
}
