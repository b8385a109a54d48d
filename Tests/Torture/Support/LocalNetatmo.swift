import FoundationEssentials
import Logging
import NetatmoSimulator

/// A simulated NetAtmo in this process, on a free port of the loopback address.
struct LocalNetatmo: Sendable {
    let netatmo: SimulatedNetatmo
    let port: Int

    var url: String { "http://127.0.0.1:\(port)" }

    /// Runs it while `body` does.
    ///
    /// - Parameters:
    ///   - tokenLifetime: How long an access token works.
    ///   - body: What is done meanwhile.
    static func run<Value: Sendable>(
        tokenLifetime: Duration, _ body: @escaping @Sendable (LocalNetatmo) async throws -> Value
    ) async throws -> Value {
        let configuration = SimulatorConfiguration(tokenLifetime: tokenLifetime, enforcesRequestLimits: false, recordCapacity: 100_000)
        let netatmo = SimulatedNetatmo(configuration: configuration)
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let silent = Logger(label: "simulator", factory: { _ in SwiftLogNoOpLogHandler() })
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                defer { found.finish() }
                try await SimulatorServer(netatmo: netatmo, port: 0, logger: silent) { found.yield($0) }.run()
                return nil
            }
            group.addTask {
                for await port in ports { return try await body(LocalNetatmo(netatmo: netatmo, port: port)) }
                return nil
            }
            defer { group.cancelAll() }
            for try await case let value? in group { return value }
            throw CancellationError()
        }
    }

    /// The environment and options with which an exporter works with it.
    static let environment = ["NETATMO_CLIENT_SECRET": SimulatorConfiguration.defaultClientSecret]

    func options(tokenFile: String) -> [String] {
        ["--api-url", url, "--client-id", SimulatorConfiguration.defaultClientID, "--token-file", tokenFile, "--addr", "127.0.0.1:0"]
    }
}

/// The refreshes that NetAtmo got in a stretch of time.
struct Refreshes: Sendable {
    /// Those that it answered with a new pair, by the time of their arrival.
    private(set) var granted: [RecordedRequest] = []
    /// Whether one came with a token that had been replaced.
    private(set) var usedReplacedToken = false
    /// When those came that may have made a new pair, also where nobody waited for the answer any more.
    private(set) var rotations: [Date] = []
    /// When the first of them came.
    private(set) var first: Date?

    /// - Parameter start: Requests up to this number are left out.
    init(since start: Int, of netatmo: SimulatedNetatmo) async {
        let (requests, total) = (await netatmo.requests, await netatmo.requestCount)
        for request in requests.suffix(max(0, total - start)) where request.grant == .refreshToken && request.number > start {
            first = first ?? request.time
            usedReplacedToken = usedReplacedToken || request.usedReplacedToken
            if request.outcome == .answered(status: 200) { granted.append(request) }
            let isLost = request.outcome == .connectionLost && !request.usedReplacedToken
            if isLost || request.outcome == .answered(status: 200) { rotations.append(request.time) }
        }
    }
}
