import Foundation
import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem
@testable import PrometheusMetrics
@testable import Server
@testable import WebSecurity

/// The exporter's web side over a snapshot that a test fills and a sign-in desk whose orders it sees.
struct WebBench: Sendable {
    let desk: DeskBench
    let log = CollectedLog()
    let debugHandlers: Bool
    let knownHosts: Set<String>
    let limits: ConnectionLimits
    let externalURL: String?
    let page: MetricsPage
    let peer: @Sendable (_ peer: SocketAddress, _ own: SocketAddress) -> UInt32?
    let histories: PlayedHistories
    let protection: WebProtection?

    /// - Parameters:
    ///   - externalURL: How browsers reach the exporter, where they do not come to its own address.
    ///   - peer: Whose process is at the other end of a connection: this user's unless told otherwise. The kernel is not asked, whose
    ///     table of a busy machine is long.
    ///   - protection: Who may ask; everybody unless told otherwise.
    ///   - limits: Patient unless told otherwise, so that a machine that is busy closes no connection of a test.
    init(
        debugHandlers: Bool = false, knownHosts: Set<String> = [], externalURL: String? = nil,
        limits: ConnectionLimits = ConnectionLimits(patience: .hours(1)),
        peer: @escaping @Sendable (_ peer: SocketAddress, _ own: SocketAddress) -> UInt32? = { _, _ in geteuid() },
        desk: DeskBench = DeskBench(), histories: PlayedHistories = PlayedHistories(), protection: WebProtection? = nil
    ) {
        self.desk = desk
        self.histories = histories
        self.protection = protection
        page = MetricsPage(
            store: desk.store, refreshInterval: Self.settings.refreshInterval, staleAge: Self.settings.staleAge, build: Self.settings.build)
        self.debugHandlers = debugHandlers
        self.knownHosts = knownHosts
        self.limits = limits
        self.externalURL = externalURL
        self.peer = peer
    }

    /// What the status says that does not change.
    static let settings = StatusSettings(
        build: BuildInformation(version: "1.2.3", commit: "abc1234"), refreshInterval: .seconds(480), staleAge: .seconds(3600)
    )

    var store: SnapshotStore { desk.store }

    static func charts(of store: SnapshotStore, _ histories: PageHistories, clock: ManualClock) -> ChartPages {
        ChartPages(store: store, histories: histories, staleAge: settings.staleAge, clock: clock, time: .utc)
    }

    /// Publishes the sample stations as fetched just now, and a token that expires in so many seconds.
    func fill(tokenSeconds: TimeInterval = 9600) {
        let attempt = DataStatus.Attempt(time: SampleStations.now, duration: .milliseconds(53), error: nil)
        store.publish(DataStatus(stations: SampleStations.all, fetchedAt: SampleStations.now, lastAttempt: attempt))
        let expiry = SampleStations.now(tokenSeconds)
        store.update { $0.token = TokenStatus(possession: .token(expiry: expiry, lifetime: 10_800, renewsAt: expiry)) }
    }

    /// Runs the web side while `body` sends requests.
    func test<Value>(_ setup: TestingSetup, _ body: @Sendable (any TestClientProtocol) async throws -> Value) async throws -> Value {
        let router = router
        let application = Application(
            router: router,
            server: HTTPServerBuilder { responder in
                ExporterChannel(
                    responder: responder, scrapes: router.scrapes, limit: ConnectionLimit(limits), requestLog: log.logger,
                    access: protection.map { ConnectionAccess($0, log: log.logger, clock: desk.clock) })
            },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0), serverName: nil),
            logger: log.logger
        )
        return try await application.test(setup, body)
    }

    /// What answers the requests.
    var router: ExporterRouter {
        let redirectURI = desk.redirectURI
        // The test client asks for `localhost` without a port, which is that of http, or of https.
        let servesTLS = protection?.servesTLS ?? false
        let site = ExporterSite(externalURL: externalURL, servesTLS: servesTLS, port: { servesTLS ? 443 : 80 }, peer: peer)
        return ExporterRouter(
            store: store, scrapes: ScrapeResponder(page: page, clock: desk.clock),
            authorization: AuthorizationRoutes(
                signIn: desk.desk, site: site, refusals: RefusalLog(logger: log.logger, clock: desk.clock), apiURL: "https://netatmo.test",
                redirectURI: { redirectURI }
            ),
            knownHosts: knownHosts,
            status: StatusRoutes(store: store, clock: desk.clock, settings: Self.settings),
            charts: Self.charts(of: store, PageHistories(source: histories.source, clock: desk.clock), clock: desk.clock),
            build: Self.settings.build,
            debugHandlers: debugHandlers, clock: desk.clock, logger: log.logger
        )
    }
}

extension TestClientProtocol {
    /// Sends a request and returns the whole answer.
    func send(
        _ method: HTTPRequest.Method, _ uri: String, headers: [String: String] = [:], body: String? = nil
    ) async throws -> TestResponse {
        var fields = HTTPFields()
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        if body != nil { fields[.contentType] = "application/x-www-form-urlencoded" }
        return try await execute(uri: uri, method: method, headers: fields, body: body.map { ByteBuffer(string: $0) })
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}

/// The attributes of a field `Set-Cookie`, which have no order.
func cookieAttributes(_ field: String) -> Set<String> {
    Set(field.components(separatedBy: "; ").dropFirst())
}
