import AsyncHTTPClient
import Engine
import EngineAPI
import Logging
import Netatmo
import NetatmoSimulator
import Server
import ServiceLifecycle
import OperatingSystem
import UnixSignals

/// The exporter as the soak runs it, in a process of its own: a fetch a second, and as many requests as that takes.
package struct SoakedExporter: Sendable {
    private let apiURL: String
    private let tokenFile: String

    /// - Parameters:
    ///   - apiURL: The simulated NetAtmo's address.
    ///   - tokenFile: The path of a file with a refresh token.
    package init(apiURL: String, tokenFile: String) {
        self.apiURL = apiURL
        self.tokenFile = tokenFile
    }

    /// Serves on a free port of the loopback address until SIGTERM; logs to standard error.
    ///
    /// - Throws: What the exporter throws at its start.
    package func run() async throws {
        guard let secret = Secret(SimulatorConfiguration.defaultClientSecret) else { return }
        let logger = Logger(label: "soak", factory: { StreamLogHandler.standardError(label: $0) })
        let configuration = ExporterConfiguration(
            address: ListenAddress(host: "127.0.0.1", port: 0), externalURL: nil, apiURL: apiURL,
            credentials: ClientCredentials(id: SimulatorConfiguration.defaultClientID, secret: secret),
            refreshInterval: .seconds(1), staleAge: .seconds(60), debugHandlers: false, renewExpired: true, requestLimits: .none,
            build: BuildInformation(version: "soak", commit: "unknown")
        )
        let file = TokenFile(path: tokenFile, system: LocalFileSystem())
        try await HTTPClient.withHTTPClient(configuration: OutboundNetwork().clientConfiguration) { client in
            let engine = ExporterEngine(
                configuration: configuration, storage: file, transport: HTTPTransport(baseURL: apiURL, client: client), logger: logger
            )
            try await engine.loadToken()
            let services = engine.services + ExporterService(engine: engine, logger: logger).services
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(services: services, gracefulShutdownSignals: [.sigterm], logger: logger)
            )
            try await group.run()
        }
    }
}
