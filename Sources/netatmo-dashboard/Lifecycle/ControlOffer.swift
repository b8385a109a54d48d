import Engine
import EngineAPI
import FoundationEssentials
import Glibc
import Logging
import OperatingSystem
import Server

/// What an engine of this process lets screens of other processes attach to.
struct ControlOffer: Sendable {
    /// The command that runs the engine, such as `serve`.
    let command: String
    let place: ControlSocketPlace
    private let tokenFile: String
    private let logs: @Sendable () -> AsyncStream<LogTail>

    /// The socket that was passed on; else chooses a place that no other engine listens at: `nil` where there is none to choose from.
    ///
    /// - Parameter log: The log that screens show.
    init?(of settings: Settings, command: String, log: DashboardLog) {
        guard let place = Self.place(of: settings) else { return nil }
        self.command = command
        self.place = place
        tokenFile = settings.tokenFile
        logs = { log.tails() }
    }

    private static func place(of settings: Settings) -> ControlSocketPlace? {
        if let inherited = settings.inherited.local { return ControlSocketPlace(inherited: inherited) }
        guard let socket = ControlSocketPlace.free(among: settings.controlSockets) else { return nil }
        let besideTokenFile = UnixSocket(path: settings.tokenFile, from: FileManager.default.currentDirectoryPath)
        return ControlSocketPlace(
            socket: socket, group: settings.socketGroup, makesDirectory: socket.directory != besideTokenFile.directory)
    }

    func service(of engine: ExporterEngine, logger: Logger) -> ControlService {
        let configuration = engine.configuration
        let description = EngineDescription(
            command: command, processID: getpid(), build: configuration.build, staleAge: configuration.staleAge,
            refreshInterval: configuration.refreshInterval, tokenFile: tokenFile)
        return ControlService(engine: engine, description: description, place: place, logs: logs, logger: logger)
    }
}
