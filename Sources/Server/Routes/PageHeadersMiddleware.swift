import EngineAPI
import HTTPTypes
import Hummingbird

/// Puts ``PageHeaders`` on every answer, errors included.
struct PageHeadersMiddleware: RouterMiddleware {
    private static let ofMetrics = fields(PageHeaders.all)
    private static let ofOthers = fields(PageHeaders.unkept)

    private static func fields(_ headers: [(name: String, value: String)]) -> [(HTTPField.Name, String)] {
        headers.compactMap { field in HTTPField.Name(field.name).map { ($0, field.value) } }
    }

    func handle(
        _ request: Request, context: ExporterRequestContext, next: @concurrent (Request, ExporterRequestContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            response = try error.response(from: request, context: context)
        }
        let fields = request.uri.path == ExporterPath.metrics.rawValue ? Self.ofMetrics : Self.ofOthers
        for (name, value) in fields where response.headers[name] == nil { response.headers[name] = value }
        return response
    }
}
