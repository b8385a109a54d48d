import ArgumentParser
import EngineAPI
import FoundationEssentials
import OperatingSystem

/// The dashboard: of the engine that runs already, else with one inside.
struct DashboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard",
        abstract: "Show the dashboard: of the service where it runs, else with the exporter inside it (the default).",
        discussion: """
            An engine that runs already is found by --socket, by the lock of the token file, and where nothing is configured, where your own \
            engine and the service (\(ControlSockets.ofService)) have their sockets.
            """
    )

    @OptionGroup var exporter: ExporterOptions
    @OptionGroup var display: DisplayOptions

    @Flag(help: "Run the exporter inside, whatever runs already.")
    var noAttach = false

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let (settings, notification, search) = try read(environment)
        if !noAttach, let socket = try search.found() {
            return try await AttachedRun(
                socket: socket, ownership: search.ownership, display: display, notification: notification, environment: environment
            ).run()
        }
        let own = try own(settings)
        let missed = noAttach ? nil : search.given
        try await DashboardRun(
            settings: own, command: "dashboard", display: display, notification: notification, environment: environment,
            remark: missed.map { "no engine listens at \($0): this program runs its own, and listens there" }
        ).run()
    }

    /// A wrong value is told before anything is looked for.
    private func read(
        _ environment: [String: String]
    ) throws -> (Result<Settings, ConfigurationError>, NotificationWay, EngineSearch) {
        try Failure.sayingWhatIsWrong { () throws(ConfigurationError) in
            let notification = try display.notification(environment)
            let settings = try exporter.completeOrMissing(environment, defaultAddress: .thisMachine)
            return (settings, notification, try EngineSearch(exporter, environment: environment, settings: settings))
        }
    }

    /// A missing terminal is told before a missing option.
    private func own(_ settings: Result<Settings, ConfigurationError>) throws -> Settings {
        try DashboardRun.requireTerminal(display)
        return try Failure.sayingWhatIsWrong { () throws(ConfigurationError) in try settings.get() }
    }
}
