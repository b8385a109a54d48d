import EngineAPI
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import OperatingSystem

/// Finds what answers a request over the control socket. Bad requests get one line.
struct ControlResponder: HTTPResponder {
    let routes: ControlRoutes
    let logger: Logger

    func respond(to request: Request, context: ControlRequestContext) async throws -> Response {
        guard let path = ControlPath(rawValue: request.uri.path) else {
            return .text(.notFound, "no such path; there are \(ControlPath.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let method: HTTPRequest.Method = path.changesSomething ? .post : .get
        guard request.method == method else {
            var response = Response.text(.methodNotAllowed, "\(path.rawValue) takes \(method)")
            response.headers[.allow] = "\(method)"
            return response
        }
        do {
            return try await routes.handler(of: path)(request, context)
        } catch let error as HTTPError {
            return .text(error.status, error.body ?? "")
        } catch let error where !(error is CancellationError) {
            // The type alone: the words of others' errors may quote what the request held.
            logger.error("control \(path.rawValue) failed: \(type(of: error))")
            return .text(.internalServerError, "the engine failed to answer: its log has the reason")
        }
    }
}
