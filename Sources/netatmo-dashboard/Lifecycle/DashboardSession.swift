import CursesTerminal
import Dashboard
import Exporter
import Logging
import ServiceLifecycle
import UnixSignals

/// The dashboard on this terminal, with the exporter's services beside it.
@MainActor
struct DashboardSession {
    private let terminal: TerminalSession
    private let browser: Browser
    private let notification: NotificationWay

    /// Opens the terminal.
    init(_ display: DisplayOptions, notification: NotificationWay, environment: [String: String]) throws(TerminalError) {
        self.notification = notification
        terminal = try TerminalSession(options: TerminalOptions(display, environment: environment))
        browser = Browser(environment: environment)
    }

    /// Shows the dashboard until the user quits or a signal asks to; the terminal is given back whatever happens.
    ///
    /// - Parameter tokenFile: Where the token is kept, as it is to be shown.
    func run(_ engine: ExporterEngine, staleAge: Duration, clock: any WallClock, tokenFile: String, log: DashboardLog, logger: Logger)
        async throws
    {
        defer { terminal.close() }
        let loop = DashboardLoop(
            screen: TerminalScreen(terminal, notification: notification), engine: engine, clock: clock, staleAge: staleAge,
            log: log.histories(), tokenFile: tokenFile,
            openBrowser: browser.open
        )
        let front = ServiceGroupConfiguration.ServiceConfiguration(
            service: FrontService(loop: loop, store: engine.store), successTerminationBehavior: .gracefullyShutdownGroup,
            serviceName: "dashboard"
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: engine.services + [front], gracefulShutdownSignals: [.sigint, .sigterm, .sighup], logger: logger
            )
        )
        try await group.run()
    }
}

/// The dashboard as a service: when it ends, the exporter's services end too.
private struct FrontService: Service {
    let loop: DashboardLoop
    let store: SnapshotStore

    func run() async throws {
        await loop.run { try? await gracefulShutdown() }
        if case .underWay = store.snapshot.token.renewal {
            writeToStandardError("netatmo-dashboard: waiting for NetAtmo's answer to a request for a token, at most 30 s\n")
        }
    }
}
