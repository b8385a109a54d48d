import AsyncHTTPClient
import Engine
import EngineAPI
import FoundationEssentials
import Logging
import Netatmo
import NetatmoSimulator
import Server
import ServiceLifecycle
import Synchronization
import OperatingSystem
import TestSupport

/// The whole exporter on a simulated NetAtmo of its own, over real connections, in a time that moves when it is told to.
struct FaultedExporter: Sendable {
    let clock: ManualClock
    let netatmo: SimulatedNetatmo
    let storage: MemoryTokenStorage
    let transport: WatchedTransport
    let engine: ExporterEngine

    var snapshot: Snapshot { engine.store.snapshot }

    /// Runs everything while `body` does.
    ///
    /// - Parameters:
    ///   - beginsWithAccessToken: Whether the token file holds an access token too.
    ///   - seed: Decides the jitter of waits.
    ///   - limit: How long an exchange may take, in real time: a request that hangs ends then.
    static func run<Value: Sendable>(
        beginsWithAccessToken: Bool, seed: UInt64, limit: Duration,
        _ body: @escaping @Sendable (FaultedExporter) async throws -> Value
    ) async throws -> Value {
        let clock = ManualClock()
        let credentials = SampleTokens.credentials
        let netatmo = SimulatedNetatmo(
            configuration: SimulatorConfiguration(seed: seed, clientID: credentials.id, clientSecret: credentials.secret.reveal())
        ) { clock.now }
        let pair = await netatmo.issueTokens()
        let file = try SampleTokens.file(
            access: beginsWithAccessToken ? pair.access : nil, refresh: pair.refresh,
            expiry: beginsWithAccessToken ? clock.now.addingTimeInterval(10_800) : nil
        )
        let storage = MemoryTokenStorage(file)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let simulator = SimulatorServer(netatmo: netatmo, port: 0, logger: .silent) { port.yield($0) }
        return try await HTTPClient.withHTTPClient(configuration: OutboundNetwork().clientConfiguration) { client in
            try await running([simulator]) {
                guard let port = await ports.first(where: { _ in true }) else { throw NothingCame(what: "the simulator's port") }
                let url = "http://127.0.0.1:\(port)"
                let transport = WatchedTransport(
                    HTTPTransport(baseURL: url, client: client, limit: limit, now: { clock.now }), refreshToken: pair.refresh
                )
                let engine = ExporterEngine(
                    configuration: configuration(apiURL: url), storage: storage, transport: transport, clock: clock,
                    randomness: .seeded(seed), fileLooks: AsyncStream { nil }, logger: .silent
                )
                try await engine.loadToken()
                return try await running((engine.services + ExporterService(engine: engine, logger: .silent).services).map(\.service)) {
                    try await body(
                        FaultedExporter(clock: clock, netatmo: netatmo, storage: storage, transport: transport, engine: engine)
                    )
                }
            }
        }
    }

    private static func configuration(apiURL: String) -> ExporterConfiguration {
        ExporterConfiguration(
            address: ListenAddress(host: "127.0.0.1", port: 0), externalURL: nil, apiURL: apiURL, credentials: SampleTokens.credentials,
            refreshInterval: .seconds(480), staleAge: .seconds(3600), debugHandlers: false, renewExpired: true,
            build: BuildInformation(version: "torture", commit: "none")
        )
    }
}

/// Runs services while `body` does, then stops them gracefully and waits for them.
private func running<Value: Sendable>(_ services: [any Service], _ body: @escaping @Sendable () async throws -> Value) async throws -> Value
{
    let configuration = ServiceGroupConfiguration(
        services: services.map { .init(service: $0, successTerminationBehavior: .ignore) }, gracefulShutdownSignals: [], logger: .silent
    )
    let group = ServiceGroup(configuration: configuration)
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        do {
            let value = try await body()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return value
        } catch {
            tasks.cancelAll()
            throw error
        }
    }
}

extension Logger {
    fileprivate static var silent: Logger { Logger(label: "torture", factory: { _ in SwiftLogNoOpLogHandler() }) }
}

extension Randomness {
    fileprivate static func seeded(_ seed: UInt64) -> Randomness {
        let generator = GeneratorBox(seed: seed)
        return Randomness(fraction: { generator.fraction() }, bytes: Randomness.system.bytes)
    }
}

private final class GeneratorBox: Sendable {
    private let generator: Mutex<SeededGenerator>

    init(seed: UInt64) {
        generator = Mutex(SeededGenerator(seed: seed))
    }

    func fraction() -> Double {
        generator.withLock { Double.random(in: 0..<1, using: &$0) }
    }
}
