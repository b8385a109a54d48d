import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import Netatmo
import NIOCore

/// All paths of the exporter. Whatever is not named here is 404.
struct ExporterRouter: Sendable {
    let store: SnapshotStore
    let scrapes: ScrapeResponder
    let authorization: AuthorizationRoutes
    /// Names of this exporter beside `localhost` and IP addresses, in lower case.
    let knownHosts: Set<String>
    let status: StatusRoutes
    let build: BuildInformation
    let debugHandlers: Bool
    let clock: any WallClock
    let logger: Logger

    private func router() -> Router<ExporterRequestContext> {
        let router = Router(context: ExporterRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestLogMiddleware(logger: logger, clock: clock))
        router.add(middleware: PageHeadersMiddleware())
        router.add(middleware: PathMiddleware())
        // For those who watch over this exporter, by whatever name they know it.
        router.get("metrics", use: scrape)
        router.get("version", use: version)
        status.addProbes(to: router)
        let pages = router.group().add(middleware: KnownHostMiddleware(knownHosts: knownHosts))
        pages.get("/", use: home)
        WebFiles.add(to: pages)
        status.add(to: pages)
        authorization.add(to: pages)
        if debugHandlers { DebugRoutes(store: store, clock: clock).add(to: pages) }
        return router
    }

    /// A scrape that did not go the short way (``ScrapeHandler``).
    @Sendable private func scrape(_ request: Request, context: ExporterRequestContext) -> Response {
        let answer = scrapes.answer(accept: request.headers[.accept], acceptEncoding: request.headers[.acceptEncoding])
        let fields = answer.fields.compactMap { field in HTTPField.Name(field.name).map { HTTPField(name: $0, value: field.value) } }
        var body = ByteBuffer()
        for piece in answer.body { body.writeImmutableBuffer(piece) }
        return Response(status: .ok, headers: HTTPFields(fields), body: ResponseBody(byteBuffer: body))
    }

    @Sendable private func version(_ request: Request, context: ExporterRequestContext) throws -> Response {
        try .json(build)
    }

    @Sendable private func home(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        let origin = RequestOrigin(request, context: context, site: authorization.site)
        // From elsewhere it takes a one-time key, which proves more than a form token does.
        let pair = origin.isTrusted ? await authorization.signIn.formToken(for: Cookie.form.values(in: request)) : nil
        let page = HomePage(
            snapshot: store.snapshot, now: clock.now, audience: origin.isThisMachine ? .local : .remote,
            formToken: pair?.token.reveal() ?? "", prefix: authorization.site.prefix
        )
        var response = Response.page(.ok, contentType: "text/html; charset=utf-8", page.html)
        response.headers[.contentSecurityPolicy] = page.contentSecurityPolicy(apiURL: authorization.apiURL)
        response.headers[.setCookie] = pair.map { authorization.site.field(.form, $0.cookie) }
        return response
    }
}

extension ExporterRouter: HTTPResponderBuilder {
    func buildResponder() -> PathResponder {
        PathResponder(prefix: authorization.site.prefix, next: router().buildResponder())
    }
}
