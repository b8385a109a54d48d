import ArgumentParser
import CMemory
import CursesTerminal
import EngineAPI
import Glibc
import NIOCore
import OperatingSystem

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
        version: BuildInformation.current.line,
        subcommands: [
            DashboardCommand.self, AttachCommand.self, ServeCommand.self, StatusCommand.self, HistoryCommand.self, DemoCommand.self,
            SimulateCommand.self, ConfigCommand.self, ResourcesCommand.self,
        ],
        defaultSubcommand: DashboardCommand.self
    )

    static func main() async {
        let arguments: [String]
        cmemory_share_arenas()
        // Before the first thread that could read the environment.
        let manager = ServiceManager.takeFromEnvironment()
        // Before the first thread that could read the locale.
        TerminalSession.adoptLocale()
        // A write that fails says so by its error. These would end the program in its place, with a token not yet on the disk:
        // at a limit for the size of files, and where the log's reader has gone.
        signal(SIGXFSZ, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
        // One processor is left to those who ask and to the engine: event loops that wait for one make whoever asks wait. One for each
        // of many would take files and memory, and have nothing to do.
        NIOSingletons.groupLoopCountSuggestion = min(max(System.coreCount - 1, 1), 4)
        do throws(ConfigurationError) {
            arguments = try CommandLineForm.plain(CommandLineForm.given(CommandLine.arguments))
        } catch {
            exit(withError: Failure.say("\(error)", code: Failure.usage))
        }
        guard !FirstHelp.isAsked(by: arguments) else { return writeToStandardOutput(FirstHelp.text() + "\n") }
        guard let topic = HelpTopic.asked(by: arguments) else {
            return await ServiceManager.$current.withValue(manager) { await main(arguments) }
        }
        do throws(ExitCode) {
            writeToStandardOutput(try HelpTopic.text(of: topic))
        } catch {
            exit(withError: error)
        }
    }
}
