import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// All paths of the exporter. Whatever is not named here is 404.
struct ExporterRouter: Sendable {
    let store: SnapshotStore
    let metrics: MetricsPage
    let authorization: AuthorizationRoutes
    let status: StatusRoutes
    /// NetAtmo's address, where signing in leads to.
    let apiURL: String
    let build: BuildInformation
    let debugHandlers: Bool
    let clock: any WallClock
    let logger: Logger

    func router() -> Router<ExporterRequestContext> {
        let router = Router(context: ExporterRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestLogMiddleware(logger: logger))
        router.get("metrics", use: scrape)
        router.get("version", use: version)
        router.get("/", use: home)
        WebFiles.add(to: router)
        status.add(to: router)
        authorization.add(to: router)
        if debugHandlers { DebugRoutes(store: store, clock: clock).add(to: router) }
        return router
    }

    @Sendable private func scrape(_ request: Request, context: ExporterRequestContext) -> Response {
        var headers: HTTPFields = [.contentType: "text/plain; version=0.0.4; charset=utf-8", .vary: "Accept-Encoding"]
        let now = clock.now
        if AcceptEncoding(request.headers[.acceptEncoding]).allowsGzip, let text = metrics.gzippedText(at: now) {
            headers[.contentEncoding] = "gzip"
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: text))
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: metrics.text(at: now)))
    }

    @Sendable private func version(_ request: Request, context: ExporterRequestContext) throws -> Response {
        try .json(build)
    }

    @Sendable private func home(_ request: Request, context: ExporterRequestContext) -> Response {
        let isLocal = LoopbackOnlyMiddleware.admits(request, context: context)
        let page = HomePage(snapshot: store.snapshot, now: clock.now, audience: isLocal ? .local : .remote, formToken: "")
        var response = Response.page(.ok, contentType: "text/html; charset=utf-8", page.html)
        response.headers[.contentSecurityPolicy] = page.contentSecurityPolicy(apiURL: apiURL)
        return response
    }
}

/// Which program this is, as `/version` says it.
public struct BuildInformation: Sendable, Hashable, Encodable {
    /// The version, such as `0.1.0`.
    public let version: String
    /// The commit it was built from, or `unknown`.
    public let commit: String

    /// Creates the information.
    public init(version: String, commit: String) {
        self.version = version
        self.commit = commit
    }
}
