package import EngineAPI
package import Logging
package import Netatmo
package import ServiceLifecycle
package import OperatingSystem

/// The exporter without a face: keeps the token alive, fetches the readings, and takes the user's wishes. What serves them is built
/// on it.
package struct ExporterEngine: Sendable {
    package let store: SnapshotStore
    /// The parts that run, in the order of their start. NetAtmo is asked for nothing before ``noteListening(port:)``: where the address
    /// is taken, by an exporter that still runs on the same token, that one would be logged out for nothing.
    package var services: [ServiceGroupConfiguration.ServiceConfiguration] {
        // Named: without a name each would be described in full, all that it holds, at every start.
        let services: [(name: String, service: any Service)] = [
            ("token", OnceListening(service: keeper, listening: listening)), ("token-file", fileWatch),
            ("stations", OnceListening(service: poller, listening: listening)), ("rain", rain),
        ]
        let rooms = energy.map { [("energy", OnceListening(service: $0, listening: listening) as any Service)] } ?? []
        let announcer = announcer.map { [("sign-in", OnceListening(service: $0, listening: listening) as any Service)] } ?? []
        let caller = alertCaller.map { [("alerts", $0 as any Service)] } ?? []
        // The memory ends last, so that it holds how the others ended.
        let memory = memory.map { [("memory", $0 as any Service)] } ?? []
        let curves = curves.map { [("curves", $0.memory as any Service), ("curves-fill", $0 as any Service)] } ?? []
        return (memory + curves + services + rooms + announcer + caller).map { .init(service: $0.service, serviceName: $0.name) }
    }

    package let configuration: ExporterConfiguration
    let keeper: TokenKeeper
    private let fileWatch: TokenFileWatch
    let poller: StationPoller
    let energy: EnergyPoller?
    let archive: MeasureArchive
    let pages: HistoryPages
    let quota: QuotaTransport
    private let rain: RainCounting
    private let memory: MemoryKeeper?
    private let curves: HistoryFill?
    /// Something comes of it each time that the curves of all modules have come.
    package let fills: AsyncStream<Void>
    /// The same for a run that is no part of the history.
    let memoryForSingleFetch: MemoryKeeper?
    package let signIn: SignInDesk
    package let events: EventLog
    package let clock: any WallClock
    private let announcer: SignInAnnouncer?
    private let alertCaller: AlertCaller?
    let networkAddress: @Sendable () -> String?
    let addresses: SignInAddresses
    /// The port, once the exporter listens.
    package let listening = Promise<Int>()

    /// Puts the parts together; nothing is read, sent or opened yet.
    ///
    /// - Parameters:
    ///   - randomness: Keys, states and the jitter of waits come from it.
    ///   - memory: Where things are remembered over restarts; `nil` where nothing is.
    ///   - fileLooks: When to look whether another program changed the token file; when it says so, where none are given.
    ///   - networkAddress: The address by which other machines of its network know this one.
    ///   - logger: Gets one line an event.
    ///   - announceSignIn: Gets an address to sign in with, good once and for 10 minutes, whenever there is no token. For a
    ///     program without a screen that shows one; the log, where it goes, is as secret as the screen.
    package init(
        configuration: ExporterConfiguration, storage: any TokenStorage, transport: any NetatmoTransport,
        memory: MemoryStorages? = nil, clock: any WallClock = SystemWallClock(), randomness: Randomness = .system,
        fileLooks: AsyncStream<Void>? = nil, networkAddress: (@Sendable () -> String?)? = nil, logger: Logger,
        announceSignIn: (@Sendable (Secret) -> Void)? = nil
    ) {
        let store = SnapshotStore()
        let changes = MemoryChanges()
        let events = EventLog(publisher: store, logger: logger, onEvent: { changes.note(.usual) })
        let meter = APIMeter(publisher: store, clock: clock, events: events)
        let transport = QuotaTransport(
            transport, limits: configuration.requestLimits, clock: clock, onRequest: { changes.note(.urgent) })
        quota = transport
        let ledger = RainLedger(publisher: store, changes: changes)
        let keeping = { (eventsOfThisRun: Bool) in
            memory.map {
                let content = MemoryKeeper.Content.engine(
                    events: events, meter: meter, quota: transport, rain: ledger, eventsOfThisRun: eventsOfThisRun)
                return MemoryKeeper($0.history, content, changes: changes, interval: .seconds(60), events: events, clock: clock)
            }
        }
        self.memory = keeping(true)
        memoryForSingleFetch = keeping(false)
        let oauth = OAuthClient(
            baseURL: configuration.apiURL, credentials: configuration.credentials, scopes: configuration.scopes, transport: transport)
        let (pollerWakeUp, energyWakeUp, signInChanges) = (WakeUp(), WakeUp(), WakeUp())
        let keeper = TokenKeeper(
            file: storage, oauth: oauth, meter: meter, clock: clock, publisher: store, events: events, random: randomness.fraction,
            onNewToken: {
                pollerWakeUp.ring()
                energyWakeUp.ring()
            }, onStatus: { signInChanges.ring() }
        )
        fileWatch = TokenFileWatch(storage, looks: fileLooks ?? storage.looks) { await keeper.noticeFileChange() }
        let addresses = SignInAddresses(
            address: configuration.address, externalURL: configuration.externalURL, servesTLS: configuration.servesTLS)
        let signIn = SignInDesk(
            oauth: oauth, clock: clock, publisher: store, events: events, random: randomness.bytes,
            announce: Self.announcement(announceSignIn, addresses, listening), token: { keeper.status },
            findObstacle: { await keeper.obstacleToSignIn() }, perform: { await keeper.perform($0) }, onStatus: { signInChanges.ring() }
        )
        announcer = announceSignIn.map { _ in SignInAnnouncer(desk: signIn, changes: signInChanges, clock: clock) }
        let caller = configuration.notifyCommand.map { AlertCaller($0, clock: clock, logger: logger) }
        alertCaller = caller
        let names = RuleNames(configuration.alerts, hasRooms: configuration.energy)
        poller = StationPoller(
            source: StationsFetch(client: StationsClient(transport: transport), meter: meter, favorites: configuration.favorites),
            homeCoaches: configuration.homeCoach ? .known([]) : .unwanted,
            tokens: keeper, interval: configuration.refreshInterval, clock: clock,
            staleAge: configuration.staleAge, publisher: store, events: events, wakeUp: pollerWakeUp, random: randomness.fraction,
            rules: configuration.alerts, names: names, onReadings: { ledger.note($0) }, onAlerts: { caller?.note($0) }
        )
        energy =
            configuration.energy
            ? EnergyPoller(
                client: EnergyClient(transport: transport), meter: meter, tokens: keeper, interval: configuration.refreshInterval,
                clock: clock, publisher: store, events: events, wakeUp: energyWakeUp, random: randomness.fraction,
                rules: configuration.alerts, names: names, staleAge: configuration.staleAge, onAlerts: { caller?.note($0) })
            : nil
        rain = RainCounting(
            ledger: ledger, client: StationsClient(transport: transport), tokens: keeper, meter: meter, store: store, quota: transport,
            clock: clock, backoff: Backoff(first: .seconds(60), longest: .seconds(1800), random: randomness.fraction))
        let (fills, filled) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let curveChanges = MemoryChanges()
        let archive = MeasureArchive(
            client: StationsClient(transport: transport), tokens: keeper, meter: meter, clock: clock, random: randomness.fraction,
            onChange: { curveChanges.note(.usual) }
        )
        self.archive = archive
        pages = HistoryPages(
            client: StationsClient(transport: transport), tokens: keeper, meter: meter, clock: clock, random: randomness.fraction)
        curves = memory?.charts.map {
            let memory = MemoryKeeper(
                $0, .charts(of: archive), changes: curveChanges, interval: .seconds(600), events: events, clock: clock)
            return HistoryFill(
                archive: archive, memory: memory, store: store, quota: transport, clock: clock, onFilled: { filled.yield() })
        }
        self.fills = fills
        self.configuration = configuration
        self.store = store
        self.events = events
        self.keeper = keeper
        self.clock = clock
        self.addresses = addresses
        self.signIn = signIn
        self.networkAddress = networkAddress ?? NetworkAddress.current
    }

    /// Makes an address of a key before it is announced.
    private static func announcement(
        _ announce: (@Sendable (Secret) -> Void)?, _ addresses: SignInAddresses, _ listening: Promise<Int>
    ) -> (@Sendable (Secret) -> Void)? {
        guard let announce else { return nil }
        return { key in
            guard let port = listening.value, let address = addresses.withKey(key, port: port) else { return }
            announce(address)
        }
    }

    /// Reads the token file, and before it what is remembered of runs before this one. To be called once, before the services run.
    ///
    /// - Throws: `TokenFileError` where the file can't be used.
    package func loadToken() async throws(TokenFileError) {
        await memory?.restore()
        await fileWatch.begin()
        try await keeper.load(renewExpired: configuration.renewExpired)
    }

    /// Returns once the token's keeper and the fetcher of the readings have had a turn each. Where one of them hangs, so does this;
    /// requests to NetAtmo don't hold it up.
    package func takeTurns() async {
        await keeper.takeTurn()
        await poller.takeTurn()
    }

    /// Where NetAtmo sends the browser back to. Never taken from a request.
    package var redirectURI: String {
        addresses.redirectURI(port: listening.value ?? configuration.address.port)
    }
}
