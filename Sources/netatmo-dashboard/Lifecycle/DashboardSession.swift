import CursesTerminal
import Engine
import EngineAPI
import Glibc
import Logging
import Screen
import ServiceLifecycle
import OperatingSystem

/// The dashboard on this terminal, with the exporter's services beside it.
@MainActor
struct DashboardSession {
    private let terminal: TerminalSession
    private let browser: Browser
    private let notification: NotificationWay

    init(_ display: DisplayOptions, notification: NotificationWay, environment: [String: String]) throws(TerminalError) {
        self.notification = notification
        terminal = try TerminalSession(options: TerminalOptions(display, environment: environment))
        browser = Browser(environment: environment)
    }

    /// Shows the dashboard until the user quits or a signal asks to; the terminal is given back whatever happens.
    ///
    /// - Parameters:
    ///   - tokenFile: Where the token is kept, as it is to be shown.
    ///   - signals: End it too, and learn of the terminal's end.
    func run(
        _ engine: ExporterEngine, staleAge: Duration, clock: any WallClock, tokenFile: String, signals: EndingSignals, log: DashboardLog,
        logger: Logger
    ) async throws {
        defer { terminal.close() }
        let loop = DashboardLoop(
            terminal: CursesDashboardTerminal(terminal, notification: notification), engine: engine, clock: clock, staleAge: staleAge,
            log: log.tails(), tokenFile: tokenFile, openBrowser: browser.open
        )
        let front = ServiceGroupConfiguration.ServiceConfiguration(
            service: FrontService(loop: loop, store: engine.store, signals: signals), successTerminationBehavior: .gracefullyShutdownGroup,
            serviceName: "dashboard"
        )
        try await ServiceGroup(serving: engine, with: [front], signals: signals, logger: logger).run()
    }
}

/// The dashboard as a service: when it ends, the exporter's services end too.
private struct FrontService: Service {
    let loop: DashboardLoop
    let store: SnapshotStore
    let signals: EndingSignals

    func run() async throws {
        if await loop.run(until: { try? await gracefulShutdown() }) == .hangUp { signals.note(SIGHUP) }
        DashboardRun.tellPendingToken(store.snapshot.token)
    }
}
