import HTTPTypes
import Hummingbird

/// Puts ``PageHeaders`` on every answer, errors included.
struct PageHeadersMiddleware: RouterMiddleware {
    private static let fields = PageHeaders.unkept.compactMap { field in HTTPField.Name(field.name).map { ($0, field.value) } }

    func handle(
        _ request: Request, context: ExporterRequestContext, next: @concurrent (Request, ExporterRequestContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            response = try error.response(from: request, context: context)
        }
        for (name, value) in Self.fields where response.headers[name] == nil { response.headers[name] = value }
        return response
    }
}
