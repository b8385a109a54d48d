import AsyncHTTPClient
import Foundation
import NetatmoSimulator
import ServiceLifecycle
import TestSupport

@testable import Engine
@testable import EngineAPI
@testable import Netatmo
@testable import Server
@testable import OperatingSystem

/// The whole engine on a simulated NetAtmo, over real connections of this machine, in a time that a test moves.
struct EngineBench: Sendable {
    let clock: ManualClock
    let netatmo: SimulatedNetatmo
    let storage: MemoryTokenStorage
    let log: CollectedLog
    let engine: ExporterEngine
    let browser: Browser
    let group: ServiceGroup
    /// NetAtmo's address.
    let apiURL: String

    var store: SnapshotStore { engine.store }
    var events: [Event.Kind] { store.snapshot.events.map(\.kind) }
    var state: TokenStatus.State { store.snapshot.token.state(at: clock.now) }

    /// The exporter's own address, once it answers.
    func url(_ path: String) async throws -> String {
        let snapshot = try await store.first("the server") { if case .listening = $0.exporter { true } else { false } }
        guard case .listening(_, let port) = snapshot.exporter else { throw NothingCame(what: "the port") }
        return "http://127.0.0.1:\(port)\(path)"
    }

    /// Waits until the readings are there and the last try succeeded.
    func isUp() async throws {
        try await store.first("readings") { $0.data.isUp && !$0.data.isFetching }
    }

    /// Moves the clock on, from one time that somebody wants to wake at to the next, until a snapshot is as wanted.
    ///
    /// - Parameters:
    ///   - what: What is waited for, for the failure.
    ///   - sleepers: How many have to sleep for the clock to move on.
    ///   - isWanted: Looks at a snapshot.
    func sleepThrough(
        until what: String, sleepers: Int = 1, limit: Duration = .seconds(60), where isWanted: @escaping @Sendable (Snapshot) -> Bool
    ) async throws {
        let sleeper = Task { [clock, store] in try await clock.wakeSleepers(atLeast: sleepers) { isWanted(store.snapshot) } }
        defer { sleeper.cancel() }
        do {
            try await store.first(what, limit: limit, where: isWanted)
        } catch is NothingCame {
            throw NothingCame(
                what: "\(what): at \(clock.now), after \(clock.reads) looks at the clock, tasks sleep until \(clock.deadlines)")
        }
    }

    /// Runs everything while `body` does.
    ///
    /// - Parameters:
    ///   - file: Makes the token file, with tokens of the simulator where it wants them.
    ///   - externalURL: Where browsers reach the exporter, beside its own address.
    ///   - isHostile: Whether NetAtmo's names and values are hostile.
    ///   - homeCoach: Whether home coaches are fetched.
    ///   - energy: Whether Energy's rooms are fetched; requests are then not spaced, so that no test has to wait for the next home.
    ///   - favorites: Whether favourites are fetched.
    ///   - announceSignIn: Gets addresses to sign in with.
    ///   - faults: What goes wrong from the start on.
    ///   - blocked: Why a token can't be saved from the start on.
    ///   - journal: Gets `write` for each write of the token file.
    ///   - body: What is done meanwhile.
    static func run(
        file: (SimulatedNetatmo) async throws -> TokenAttributes? = { _ in nil },
        externalURL: String? = nil,
        isHostile: Bool = false,
        homeCoach: Bool = false,
        energy: Bool = false,
        favorites: Bool = false,
        announceSignIn: (@Sendable (Secret) -> Void)? = nil,
        faults: [(fault: Fault, endpoint: Endpoint, times: Int)] = [],
        blocked: TokenFileError? = nil,
        journal: Journal? = nil,
        _ body: @escaping @Sendable (EngineBench) async throws -> Void
    ) async throws {
        let (clock, log) = (ManualClock(), CollectedLog())
        let simulated = SimulatorConfiguration(clientID: "app-5f1e", clientSecret: "client-secret-0d9a", isHostile: isHostile)
        let netatmo = SimulatedNetatmo(configuration: simulated) { clock.now }
        let storage = MemoryTokenStorage(try await file(netatmo), journal: journal)
        storage.block(with: blocked)
        for (fault, endpoint, times) in faults { await netatmo.inject(fault, on: endpoint, times: times) }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let simulator = SimulatorServer(netatmo: netatmo, port: 0, logger: CollectedLog().logger) { port.yield($0) }
        try await HTTPClient.withHTTPClient(configuration: OutboundNetwork().clientConfiguration) { client in
            try await running([simulator]) { _ in
                guard let port = await ports.first(where: { _ in true }) else { throw NothingCame(what: "the simulator's port") }
                let configuration = ExporterConfiguration(
                    address: ListenAddress(host: "127.0.0.1", port: 0), externalURL: externalURL, apiURL: "http://127.0.0.1:\(port)",
                    credentials: SampleTokens.credentials, refreshInterval: .seconds(480), staleAge: .seconds(3600), debugHandlers: true,
                    renewExpired: false, homeCoach: homeCoach, energy: energy, favorites: favorites,
                    requestLimits: energy ? RequestLimits(all: RequestLimits.netatmo.all, data: RequestLimits.netatmo.data) : .netatmo,
                    build: BuildInformation(version: "1.2.3", commit: "abc1234")
                )
                let engine = ExporterEngine(
                    configuration: configuration, storage: storage,
                    transport: HTTPTransport(baseURL: configuration.apiURL, client: client), clock: clock,
                    randomness: Randomness(fraction: { 0.5 }, bytes: Randomness.system.bytes), logger: log.logger,
                    announceSignIn: announceSignIn
                )
                let watch = EventWatch(engine.store)
                try await engine.loadToken()
                let services = engine.services + ExporterService(engine: engine, logger: log.logger).services
                try await running(services.map(\.service)) { group in
                    let bench = EngineBench(
                        clock: clock, netatmo: netatmo, storage: storage, log: log, engine: engine, browser: Browser(client: client),
                        group: group, apiURL: configuration.apiURL
                    )
                    try await body(bench)
                }
                await watch.check()
            }
        }
    }
}

extension TokenAttributes {
    /// A file that holds a refresh token of the simulator and nothing else.
    static func refreshTokenOnly(of netatmo: SimulatedNetatmo) async throws -> TokenAttributes {
        try SampleTokens.file(refresh: await netatmo.issueTokens().refresh)
    }
}
