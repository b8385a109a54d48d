import CursesTerminal
import Engine
import EngineAPI
import Glibc
import Logging
import OperatingSystem
import Screen
import ServiceLifecycle

/// The dashboard on this terminal.
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
    ///   - staleAge: How old readings may be.
    ///   - tokenFile: Where the token is kept, as it is to be shown.
    ///   - log: What was logged, each time that changes.
    ///   - signals: Learn of the terminal's end.
    ///   - afterwards: Called once the terminal is given back, while the others may still be ending.
    ///   - run: Runs the dashboard as a service, beside what else there is. When it ends, the others are to end too.
    func run(
        _ engine: any EngineClient, staleAge: Duration, clock: any WallClock, tokenFile: String, log: AsyncStream<LogTail>,
        signals: EndingSignals, afterwards: @escaping @Sendable () -> Void = {},
        beside run: (ServiceGroupConfiguration.ServiceConfiguration) async throws -> Void
    ) async throws {
        defer { terminal.close() }
        let loop = DashboardLoop(
            terminal: CursesDashboardTerminal(terminal, notification: notification), engine: engine, clock: clock, staleAge: staleAge,
            log: log, tokenFile: tokenFile, openBrowser: browser.open
        )
        try await run(
            .init(
                service: FrontService(loop: loop, signals: signals, afterwards: afterwards),
                successTerminationBehavior: .gracefullyShutdownGroup,
                serviceName: "dashboard"
            ))
    }
}

/// The dashboard as a service: when it ends, the others end too.
private struct FrontService: Service {
    let loop: DashboardLoop
    let signals: EndingSignals
    let afterwards: @Sendable () -> Void

    func run() async throws {
        if await loop.run(until: { try? await gracefulShutdown() }) == .hangUp { signals.note(SIGHUP) }
        afterwards()
    }
}
