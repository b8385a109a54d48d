import Logging
import NetatmoSimulator
import ServiceLifecycle

/// A simulator that serves while something else runs.
struct RunningSimulator {
    let netatmo: SimulatedNetatmo
    let host: String
    let port: Int

    /// Runs `body` with the port once the simulator answers, and stops it afterwards.
    func run(_ body: (Int) async throws -> Void) async throws {
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { found.finish() }
                try await server { found.yield($0) }.run()
            }
            var iterator = ports.makeAsyncIterator()
            if let port = await iterator.next() {
                try await body(port)
                group.cancelAll()
            }
            do {
                try await group.waitForAll()
            } catch is CancellationError {
                // The server was told to stop.
            }
        }
    }

    /// Serves until a signal comes.
    ///
    /// - Throws: `ExitCode` where it was no request to stop.
    func serve(onRunning: @escaping @Sendable (Int) -> Void) async throws {
        let signals = EndingSignals()
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: server(onRunning: onRunning)), signals.configuration], logger: quiet
            )
        )
        try await group.run()
        if let code = signals.exitCode { throw code }
    }

    private func server(onRunning: @escaping @Sendable (Int) -> Void) -> SimulatorServer {
        SimulatorServer(netatmo: netatmo, host: host, port: port, logger: quiet, onRunning: onRunning)
    }

    private var quiet: Logger {
        var logger = Logger(label: "simulator", factory: { _ in SwiftLogNoOpLogHandler() })
        logger.logLevel = .critical
        return logger
    }
}
