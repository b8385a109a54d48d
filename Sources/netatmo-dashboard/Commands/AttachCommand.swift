import ArgumentParser
import EngineAPI
import OperatingSystem

/// The dashboard of an engine that runs already, and nothing else.
struct AttachCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Show the dashboard of the service that runs, or say why not.",
        discussion: "Takes no configuration: the engine that runs has it. Leaving the screen leaves the service alone."
    )

    @Option(help: "Control socket of the engine. [env: NETATMO_SOCKET] (default: found as the dashboard finds it)")
    var socket: String?

    @Option(help: "Token file whose engine is meant. [env: NETATMO_EXPORTER_TOKEN_FILE]")
    var tokenFile: String?

    @Option(help: "Configuration file. [env: NETATMO_CONFIG]")
    var config: String?

    @OptionGroup(title: "Screen") var display: DisplayOptions

    func run() async throws {
        let (display, sources, search) = try Failure.sayingWhatIsWrong { () throws(ConfigurationError) in
            let sources = try SettingSources.current(config: config)
            let path = try? SettingReader(sources: sources).tokenFile(tokenFile)
            let sockets = try ControlSockets(given: socket, from: sources, tokenFile: path)
            return (try self.display.settings(from: sources), sources, EngineSearch(sockets, tokenFile: path, isConfigured: false))
        }
        guard let socket = try search.found() else {
            throw Failure.say("no engine runs to attach to; looked at \(search)", code: 1)
        }
        try await AttachedRun(
            socket: socket, ownership: search.ownership, display: display, environment: sources.environment
        ).run()
    }
}
