package import Engine
import EngineAPI
package import Logging
import NIOCore
import NIOPosix
import OperatingSystem
import PrometheusMetrics
package import ServiceLifecycle
package import WebSecurity

/// The HTTP server of an engine: metrics, status and pages, and signing in through a browser.
package struct ExporterService: Sendable {
    /// The parts that run beside the engine's. What the engine waits for is told by the server once it answers.
    package var services: [ServiceGroupConfiguration.ServiceConfiguration] {
        let services: [(name: String, service: any Service)] = [
            ("metrics", preparation), ("metrics-bound", boundWatch), ("page-histories", histories), ("http", server),
        ]
        let watch = protection.map { [("web-configuration", $0 as any Service)] } ?? []
        return (watch + services).map { .init(service: $0.service, serviceName: $0.name) }
    }

    package let connections: ConnectionLimit

    private let preparation: MetricsPreparation
    private let boundWatch: MetricsBoundWatch
    private let histories: PageHistories
    private let server: ExporterServer
    private let protection: WebProtectionWatch?

    /// Puts the server together; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - engine: What is served.
    ///   - inherited: A socket that listens at the configuration's address already; `nil` where one is to be made.
    ///   - protection: Who may ask; `nil` for everybody, by plain HTTP.
    ///   - logger: Gets a line for each refusal, and for each request at level debug.
    package init(engine: ExporterEngine, inherited: Int32? = nil, protection: WebProtection? = nil, logger: Logger) {
        let (configuration, store, clock) = (engine.configuration, engine.store, engine.clock)
        let page = MetricsPage(
            store: store, refreshInterval: configuration.refreshInterval, staleAge: configuration.staleAge, build: configuration.build
        )
        preparation = MetricsPreparation(page: page, store: store, clock: clock)
        boundWatch = MetricsBoundWatch(store: store, clock: clock) { engine.note($0) }
        connections = ConnectionLimit(ConnectionLimits(.current))
        let source = HistorySource(kept: engine.keptHistory) { subject async throws(HistoryError) in
            try await engine.historyInSpareTime(of: subject)
        }
        histories = PageHistories(source: source, clock: clock)
        let site = ExporterSite(
            externalURL: configuration.externalURL, servesTLS: configuration.servesTLS, port: { engine.listening.value })
        let router = ExporterRouter(
            store: store,
            scrapes: ScrapeResponder(page: page, clock: clock),
            authorization: AuthorizationRoutes(
                signIn: engine.signIn, site: site, refusals: RefusalLog(logger: logger, clock: clock), apiURL: configuration.apiURL,
                redirectURI: { engine.redirectURI }
            ),
            knownHosts: Self.knownHosts(configuration),
            status: StatusRoutes(store: store, clock: clock, settings: configuration.status),
            charts: ChartPages(store: store, histories: histories, staleAge: configuration.staleAge, clock: clock, time: .system),
            build: configuration.build,
            debugHandlers: configuration.debugHandlers,
            clock: clock,
            logger: logger
        )
        self.protection = protection.map { WebProtectionWatch($0, log: logger) }
        server = ExporterServer(
            router: router, address: configuration.address, inherited: inherited, logger: logger, connections: connections,
            access: protection.map { ConnectionAccess($0, log: logger, clock: clock) }
        ) { port in
            engine.noteListening(port: port)
            logger.info("exporter reach: \(configuration.reach(port: port, demand: protection?.demand))")
        }
    }

    /// Returns once each of the threads that connections are answered on has had a turn. Where one hangs, so does this.
    package static func takeTurns() async {
        await takeTurns(of: .singleton)
    }

    static func takeTurns(of eventLoops: MultiThreadedEventLoopGroup) async {
        for eventLoop in eventLoops.makeIterator() {
            // It fails where the event loop has ended, with the program.
            try? await eventLoop.submit {}.get()
        }
    }

    /// Names of this exporter beside `localhost` and IP addresses, in lower case.
    private static func knownHosts(_ configuration: ExporterConfiguration) -> Set<String> {
        let external = configuration.externalURL.flatMap { ExternalURL($0).host }
        return Set([external, configuration.address.host].compactMap { $0?.lowercased() })
    }
}
