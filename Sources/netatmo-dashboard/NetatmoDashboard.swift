import ArgumentParser
import CursesTerminal
import Exporter

/// The command: the dashboard itself where no subcommand is named.
@main
struct NetatmoDashboard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "netatmo-dashboard",
        abstract: "A terminal dashboard for NetAtmo weather stations, with a Prometheus exporter inside.",
        discussion: """
            Keeps the OAuth token alive in a token file, shows its state and the latest readings, and serves them at /metrics.
            Try it without an account: netatmo-dashboard demo
            """,
        version: BuildInformation.current.version,
        subcommands: [DashboardCommand.self, ServeCommand.self, DemoCommand.self, SimulateCommand.self, ResourcesCommand.self],
        defaultSubcommand: DashboardCommand.self
    )

    static func main() async {
        // Before the first thread that could read the locale.
        TerminalSession.adoptLocale()
        await main(nil)
    }
}
