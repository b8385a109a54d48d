import EngineAPI
import Hummingbird

/// A path of the exporter with the methods that it takes, each with what answers it. All there are stand in
/// ``ExporterRouter/routes``: the router is made of them, and so is the answer to any other method.
struct Route: Sendable {
    typealias Handler = @Sendable (Request, ExporterRequestContext) async throws -> Response

    let path: ExporterPath
    fileprivate let handlers: [(method: HTTPRequest.Method, handler: Handler)]

    /// A path that changes something. `HEAD` is left out: such a path can't be asked what it would do.
    init(_ path: ExporterPath, _ handlers: KeyValuePairs<HTTPRequest.Method, Handler>) {
        self.path = path
        self.handlers = handlers.map { ($0.key, $0.value) }
    }

    /// A path that is read, which changes nothing. ``PathResponder`` takes the body off for `HEAD`.
    static func reading(_ path: ExporterPath, _ handler: @escaping Handler) -> Route {
        Route(path, [.get: handler, .head: handler])
    }

    /// The methods that it takes, in the order of `Allow`.
    var methods: [HTTPRequest.Method] { handlers.map(\.method) }
}

extension RouterMethods<ExporterRequestContext> {
    func add(_ route: Route) {
        for (method, handler) in route.handlers { on("\(route.path.rawValue)", method: method, use: handler) }
    }
}
