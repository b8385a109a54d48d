public import Logging
public import Netatmo
public import ServiceLifecycle
public import System

/// The exporter without a face: keeps the token alive, fetches the readings, serves them, and takes the user's wishes.
public struct ExporterEngine: Sendable {
    /// What there is to be shown.
    public let store: SnapshotStore
    /// The parts that run, in the order of their start. NetAtmo is asked for nothing before the server listens: where the address is
    /// taken, by an exporter that still runs on the same token, that one would be logged out for nothing.
    public var services: [ServiceGroupConfiguration.ServiceConfiguration] {
        // Named: without a name each would be described in full, all that it holds, at every start.
        let services: [(name: String, service: any Service)] = [
            ("token", OnceListening(keeper, store: store)), ("token-file", fileWatch), ("stations", OnceListening(poller, store: store)),
            ("metrics", preparation), ("http", server),
        ]
        let announcer = announcesSignIn ? [("sign-in", SignInAnnouncer(store: store, desk: signIn) as any Service)] : []
        return (services + announcer).map { .init(service: $0.service, serviceName: $0.name) }
    }

    /// The connections to the HTTP server.
    package let connections: ConnectionLimit

    let configuration: ExporterConfiguration
    let keeper: TokenKeeper
    private let fileWatch: TokenFileWatch
    let poller: StationPoller
    let archive: MeasureArchive
    let quota: QuotaTransport
    let signIn: SignInDesk
    private let preparation: MetricsPreparation
    private let server: ExporterServer
    private let events: EventLog
    let clock: any WallClock
    private let announcesSignIn: Bool
    let networkAddress: @Sendable () -> String?

    /// Puts the parts together; nothing is read, sent or opened yet.
    ///
    /// - Parameters:
    ///   - configuration: What the exporter has to know.
    ///   - storage: Where the token is kept.
    ///   - transport: Carries requests to NetAtmo.
    ///   - clock: The time.
    ///   - randomness: Keys, states and the jitter of waits come from it.
    ///   - fileLooks: When to look whether somebody else changed the token file; every two seconds where none are given.
    ///   - networkAddress: The address by which other machines of its network know this one.
    ///   - logger: Gets one line an event.
    ///   - announceSignIn: Gets an address to sign in with, good once and for 10 minutes, whenever there is no token. For a
    ///     program without a screen that shows one; the log, where it goes, is as secret as the screen.
    public init(
        configuration: ExporterConfiguration, storage: any TokenStorage, transport: any NetatmoTransport,
        clock: any WallClock = SystemWallClock(), randomness: Randomness = .system, fileLooks: AsyncStream<Void>? = nil,
        networkAddress: (@Sendable () -> String?)? = nil, logger: Logger,
        announceSignIn: (@Sendable (Secret) -> Void)? = nil
    ) {
        let store = SnapshotStore()
        let events = EventLog(store: store, logger: logger)
        let transport = QuotaTransport(transport, limits: configuration.requestLimits, clock: clock)
        quota = transport
        let oauth = OAuthClient(
            baseURL: configuration.apiURL, credentials: configuration.credentials, scopes: configuration.scopes, transport: transport)
        let pollerWakeUp = WakeUp()
        let keeper = TokenKeeper(
            file: storage, oauth: oauth, clock: clock, store: store, events: events, random: randomness.fraction,
            onNewToken: { pollerWakeUp.ring() }
        )
        fileWatch = TokenFileWatch(storage, looks: fileLooks ?? .everyTwoSeconds) { await keeper.noticeFileChange() }
        let signIn = SignInDesk(
            oauth: oauth, clock: clock, store: store, events: events, random: randomness.bytes,
            announce: Self.announcement(announceSignIn, configuration, store),
            findObstacle: { await keeper.obstacleToSignIn() },
            perform: { await keeper.perform($0) }
        )
        poller = StationPoller(
            source: StationsFetch(
                client: StationsClient(transport: transport), meter: APIMeter(store: store, clock: clock, events: events),
                favorites: configuration.favorites
            ),
            homeCoaches: configuration.homeCoach ? .known([]) : .unwanted,
            tokens: keeper, interval: configuration.refreshInterval, clock: clock,
            staleAge: configuration.staleAge, store: store, events: events, wakeUp: pollerWakeUp, random: randomness.fraction
        )
        archive = MeasureArchive(
            client: StationsClient(transport: transport), tokens: keeper, meter: APIMeter(store: store, clock: clock, events: events),
            clock: clock, random: randomness.fraction
        )
        let page = MetricsPage(
            store: store, refreshInterval: configuration.refreshInterval, staleAge: configuration.staleAge, build: configuration.build
        )
        preparation = MetricsPreparation(page: page, store: store, clock: clock)
        connections = ConnectionLimit(ConnectionLimits(.current))
        server = Self.server(
            configuration, scrapes: ScrapeResponder(page: page, clock: clock), store: store, signIn: signIn, events: events, clock: clock,
            logger: logger, connections: connections
        )
        self.configuration = configuration
        self.store = store
        self.events = events
        self.keeper = keeper
        self.signIn = signIn
        self.clock = clock
        announcesSignIn = announceSignIn != nil
        self.networkAddress = networkAddress ?? NetworkAddress.current
    }

    /// Reads the token file. To be called once, before the services run.
    ///
    /// - Throws: `TokenFileError` where the file can't be used.
    public func loadToken() async throws(TokenFileError) {
        await fileWatch.begin()
        try await keeper.load(renewExpired: configuration.renewExpired)
    }

    /// Puts into the history that the token file could not be locked.
    public func noteUnlockedTokenFile(_ error: TokenFileError) {
        events.record(.tokenFileUnlocked(error), at: clock.now)
    }

    /// Puts into the history that an option is hardly what was meant.
    ///
    /// - Parameter warning: One line, without a secret.
    public func noteDoubtfulSetting(_ warning: String) {
        events.record(.settingDoubtful(warning), at: clock.now)
    }

    private static func server(
        _ configuration: ExporterConfiguration, scrapes: ScrapeResponder, store: SnapshotStore, signIn: SignInDesk, events: EventLog,
        clock: any WallClock,
        logger: Logger, connections: ConnectionLimit
    ) -> ExporterServer {
        let address = configuration.address
        let site = ExporterSite(externalURL: configuration.externalURL) {
            if case .listening(_, let port) = store.snapshot.exporter { port } else { nil }
        }
        let router = ExporterRouter(
            store: store,
            scrapes: scrapes,
            authorization: AuthorizationRoutes(
                signIn: signIn, site: site, refusals: RefusalLog(logger: logger, clock: clock), apiURL: configuration.apiURL,
                redirectURI: { redirectURI(configuration, store) }
            ),
            knownHosts: knownHosts(configuration),
            status: StatusRoutes(store: store, clock: clock, settings: StatusSettings(configuration)),
            build: configuration.build,
            debugHandlers: configuration.debugHandlers,
            clock: clock,
            logger: logger
        )
        return ExporterServer(router: router, address: address, logger: logger, connections: connections) { port in
            let bound = ListenAddress(host: address.host, port: port)
            store.update { $0.exporter = .listening(address: bound.description, port: port) }
            events.record(.exporterStarted(address: bound.description), at: clock.now)
            logger.info("exporter reach: \(configuration.reach(port: port))")
        }
    }
}
