import Engine
import EngineAPI
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import OperatingSystem

/// What the exporter answers: the table of its paths, and what a request goes through before one of them.
struct ExporterRouter: Sendable {
    let store: SnapshotStore
    let scrapes: ScrapeResponder
    let authorization: AuthorizationRoutes
    /// Names of this exporter beside `localhost` and IP addresses, in lower case.
    let knownHosts: Set<String>
    let status: StatusRoutes
    let charts: ChartPages
    let build: BuildInformation
    let debugHandlers: Bool
    let clock: any WallClock
    let logger: Logger

    /// The table of all paths that there are with these settings. A request for any other is 404.
    var routes: [Route] {
        let pages: [Route] = [
            .reading(.home, home), .reading(.metrics, scrape), .reading(.version, version),
            .reading(.style) { _, _ in .body(.ok, contentType: "text/css; charset=utf-8", ResponseBody(byteBuffer: WebFiles.style)) },
            .reading(.script) { _, _ in .body(.ok, contentType: "text/javascript; charset=utf-8", ResponseBody(byteBuffer: WebFiles.script))
            },
        ]
        let debugging = debugHandlers ? DebugRoutes(store: store, clock: clock).routes : []
        return pages + status.routes + ChartRoutes(charts: charts, prefix: authorization.site.prefix).routes + authorization.routes
            + debugging
    }

    private func router() -> Router<ExporterRequestContext> {
        let routes = routes
        let router = Router(context: ExporterRequestContext.self)
        router.add(middleware: RequestLogMiddleware(logger: logger, clock: clock))
        router.add(middleware: PageHeadersMiddleware())
        router.add(middleware: FailureMiddleware(logger: logger, clock: clock))
        router.add(middleware: PathMiddleware(routes))
        for route in routes where route.path.purpose == .watching { router.add(route) }
        let pages = router.group().add(middleware: KnownHostMiddleware(knownHosts: knownHosts))
        for route in routes where route.path.purpose != .watching { pages.add(route) }
        return router
    }

    /// A scrape whose text was not there yet (``ScrapeHandler``).
    @Sendable private func scrape(_ request: Request, context: ExporterRequestContext) async -> Response {
        let answer = await scrapes.answer(accept: request.headers[.accept], acceptEncoding: request.headers[.acceptEncoding])
        let fields = answer.headers.compactMap { field in HTTPField.Name(field.name).map { HTTPField(name: $0, value: field.value) } }
        return Response(status: .ok, headers: HTTPFields(fields), body: ResponseBody(contentsOf: answer.body))
    }

    @Sendable private func version(_ request: Request, context: ExporterRequestContext) throws -> Response {
        try .json(build)
    }

    @Sendable private func home(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        let query: ChartQuery
        do throws(ChartQuery.Problem) {
            // Thousands of modules are counted only where somebody wants to turn over.
            let isOther = request.uri.query?.contains("page=") ?? false
            query = try ChartQuery(request.uri.query, pageCount: isOther ? await charts.pageCount : 1)
        } catch {
            return .text(.badRequest, error.line)
        }
        let origin = RequestOrigin(request, context: context, site: authorization.site)
        // From elsewhere it takes a one-time key, which proves more than a form token does.
        let pair = origin.isTrusted ? await authorization.signIn.formToken(for: ExporterCookie.form.values(in: request)) : nil
        let rooms = await charts.rooms(prefix: authorization.site.prefix)
        let charts = await charts.overview(page: query.page, span: query.span ?? .usual, prefix: authorization.site.prefix)
        let page = HomePage(
            snapshot: store.snapshot, now: clock.now, audience: origin.isThisMachine ? .local : .remote,
            formToken: pair?.token.reveal() ?? "", prefix: authorization.site.prefix, charts: charts, rooms: rooms,
            mayRefresh: query.span != nil
        )
        var response = Response.page(.ok, contentType: "text/html; charset=utf-8", page.html)
        response.headers[.contentSecurityPolicy] = page.contentSecurityPolicy(apiURL: authorization.apiURL)
        if let pair { response.setCookie(try ExporterCookie.form.cookie(pair.cookie, for: authorization.site)) }
        return response
    }
}

extension ExporterRouter: HTTPResponderBuilder {
    func buildResponder() -> PathResponder {
        PathResponder(prefix: authorization.site.prefix, next: router().buildResponder())
    }
}
