import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle

/// Serves a ``SimulatedNetatmo`` over HTTP/1.1 until it is shut down.
package struct SimulatorServer: Service {
    /// A client that says nothing for so long is gone.
    private static let idleTimeout = TimeAmount.seconds(60)

    private let netatmo: SimulatedNetatmo
    private let host: String
    private let port: Int
    private let logger: Logger
    private let onRunning: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - host: the address to listen on. A client that reaches it can sign in: keep to loopback unless that is wanted.
    ///   - port: the port, or 0 for a free one.
    ///   - logger: told at `info` that it runs, and at `debug` of each request, never with its query.
    ///   - onRunning: called once it listens, with the port.
    package init(
        netatmo: SimulatedNetatmo, host: String = "127.0.0.1", port: Int, logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.netatmo = netatmo
        self.host = host
        self.port = port
        self.logger = logger
        self.onRunning = onRunning
    }

    /// Listens and answers until the task is cancelled or shut down gracefully; then requests in progress are finished, and those that
    /// hang or wait for a fault's sake are dropped.
    /// - Throws: if the address can't be bound.
    package func run() async throws {
        let application = Application(
            router: makeRouter(netatmo: netatmo), server: .http1(configuration: .init(idleTimeout: Self.idleTimeout)),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "netatmo-simulator"),
            onServerRunning: { channel in
                guard let port = channel.localAddress?.port else { return }
                await onRunning(port)
            },
            logger: logger
        )
        try await application.run()
    }
}
