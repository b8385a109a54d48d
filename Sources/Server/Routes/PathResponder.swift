import EngineAPI
import Hummingbird

/// Lets requests pass for the paths of the table, by the methods that they take.
struct PathMiddleware: RouterMiddleware {
    private let methods: [ExporterPath: [HTTPRequest.Method]]

    init(_ routes: [Route]) {
        methods = Dictionary(routes.map { ($0.path, $0.methods) }) { first, _ in first }
    }

    func handle(
        _ request: Request, context: ExporterRequestContext, next: @concurrent (Request, ExporterRequestContext) async throws -> Response
    ) async throws -> Response {
        // The router takes more texts for the same path than the table does, such as percent-encoded ones.
        guard let path = ExporterPath(rawValue: request.uri.path), let methods = methods[path] else { throw HTTPError(.notFound) }
        guard !methods.contains(request.method) else { return try await next(request, context) }
        let allowed = methods.map(\.rawValue).joined(separator: ", ")
        var response = Response.text(.methodNotAllowed, "\(path.rawValue) takes \(allowed) only.")
        response.headers[.allow] = allowed
        return response
    }
}

/// Hands requests to the router under the one path that they mean, so that middleware and router judge the same one. No answer to
/// `HEAD` has a body, not even a refusal: the client would take it for the next answer.
struct PathResponder: HTTPResponder {
    /// What stands before each path at the external URL.
    let prefix: String
    let next: RouterResponder<ExporterRequestContext>

    func respond(to request: Request, context: ExporterRequestContext) async throws -> Response {
        let response = try await next.respond(to: named(request), context: context)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func named(_ request: Request) -> Request {
        var head = request.head
        if let path = ExporterPath(requested: request.uri.path, behind: prefix) {
            guard path.rawValue != request.uri.path else { return request }
            head.path = path.rawValue + (request.uri.query.map { "?\($0)" } ?? "")
        } else if let id = ExporterPath.moduleID(requested: request.uri.path, behind: prefix) {
            // An id is data, which the table of paths knows nothing of: it goes on as the first part of the query.
            head.path = "\(ExporterPath.module.rawValue)?id=\(id)" + (request.uri.query.map { "&\($0)" } ?? "")
        } else {
            return request
        }
        return Request(head: head, body: request.body)
    }
}
