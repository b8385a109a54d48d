import HTTPTypes
import Hummingbird

/// Lets requests pass for the paths that there are, by the methods that they take.
struct PathMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: ExporterRequestContext, next: @concurrent (Request, ExporterRequestContext) async throws -> Response
    ) async throws -> Response {
        // The router reads more texts as one path than we do: what is none of ours is never its to decide.
        guard let path = ExporterPath(rawValue: request.uri.path) else { throw HTTPError(.notFound) }
        guard !path.methods.contains(request.method) else { return try await next(request, context) }
        let methods = path.methods.map(\.rawValue).joined(separator: ", ")
        var response = Response.text(.methodNotAllowed, "\(path.rawValue) takes \(methods) only.")
        response.headers[.allow] = methods
        return response
    }
}

/// Hands requests to the router under the one path that they mean, so that whoever judges a path judges the same. No answer to `HEAD`
/// has a body, a refusal neither: the client would take it for the next answer.
struct PathResponder: HTTPResponder {
    /// What stands before each path at the external URL.
    let prefix: String
    let next: RouterResponder<ExporterRequestContext>

    func respond(to request: Request, context: ExporterRequestContext) async throws -> Response {
        let response = try await next.respond(to: named(request), context: context)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func named(_ request: Request) -> Request {
        guard let path = ExporterPath(requested: request.uri.path, behind: prefix), path.rawValue != request.uri.path else {
            return request
        }
        var head = request.head
        head.path = path.rawValue + (request.uri.query.map { "?\($0)" } ?? "")
        return Request(head: head, body: request.body)
    }
}
