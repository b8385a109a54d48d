import ArgumentParser
import EngineAPI
import OperatingSystem

/// The dashboard: of the engine that runs already, else with one inside.
struct DashboardCommand: ExporterCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard",
        abstract: "Show the dashboard: of the service where it runs, else with the exporter inside it (the default).",
        discussion: """
            An engine that runs already is found by --socket, by the lock of the token file, and where nothing is configured, where your own \
            engine and the service (\(ControlSockets.ofService)) have their sockets.
            """
    )

    @OptionGroup(title: "NetAtmo") var netatmo: NetatmoOptions
    @OptionGroup(title: "Exporter") var server: ServerOptions
    @OptionGroup(title: "Exporter") var control: ControlOptions
    @OptionGroup(title: "Screen") var display: DisplayOptions
    @OptionGroup(title: "Screen") var attachment: AttachmentOptions

    func run() async throws {
        let (sources, display, settings, search) = try read()
        if let search, let socket = try search.found() {
            return try await AttachedRun(
                socket: socket, ownership: search.ownership, display: display, environment: sources.environment
            ).run()
        }
        let own = try own(settings, display)
        let missed = search?.given
        try await DashboardRun(
            settings: own, command: "dashboard", display: display, environment: sources.environment,
            remark: missed.map { "no engine listens at \($0): this program runs its own, and listens there" }
        ).run()
    }

    /// A wrong value is told before anything is looked for.
    private func read() throws -> (SettingSources, DisplaySettings, Result<Settings, ConfigurationError>, EngineSearch?) {
        try Failure.sayingWhatIsWrong { () throws(ConfigurationError) in
            let sources = try SettingSources.current(config: netatmo.config)
            let display = try self.display.settings(from: sources)
            let settings = try exporter.completeOrMissing(from: sources, defaultAddress: .thisMachine)
            let wantsAttachment = try attachment.wantsAttachment(SettingReader(sources: sources))
            let search = try EngineSearch(exporter, from: sources, settings: settings)
            return (sources, display, settings, wantsAttachment ? search : nil)
        }
    }

    /// A missing terminal is told before a missing option.
    private func own(_ settings: Result<Settings, ConfigurationError>, _ display: DisplaySettings) throws -> Settings {
        try DashboardRun.requireTerminal(display)
        return try Failure.sayingWhatIsWrong { () throws(ConfigurationError) in try settings.get().serving() }
    }
}
