import CursesTerminal
import Engine
import EngineAPI
import Glibc
import Logging
import OperatingSystem
import TerminalUI
import Screen
import ServiceLifecycle

/// The dashboard on this terminal.
@MainActor
struct DashboardSession {
    private let terminal: TerminalSession
    private let browser: Browser
    private let notification: NotificationWay
    private let theme: Theme?
    /// Where what the user changes is kept; `nil` where it is not.
    private let stateFile: ScreenStateFile?

    init(_ display: DisplaySettings, environment: [String: String]) throws(TerminalError) {
        notification = display.notification
        theme = display.theme
        let directory = display.keepsState ? SettingReader(sources: SettingSources(environment: environment)).stateDirectory : nil
        stateFile = directory.map { ScreenStateFile(in: $0) }
        terminal = try TerminalSession(options: TerminalOptions(display))
        browser = Browser(environment: environment)
    }

    /// Shows the dashboard until the user quits or a signal asks to; the terminal is given back whatever happens.
    ///
    /// - Parameters:
    ///   - staleAge: How old readings may be.
    ///   - tokenFile: Where the token is kept, as it is to be shown.
    ///   - log: What was logged, each time that changes.
    ///   - signals: Learn of the terminal's end.
    ///   - say: Gets a line where what the user changes can't be kept.
    ///   - afterwards: Called once the terminal is given back, while the others may still be ending.
    ///   - run: Runs the dashboard as a service, beside what else there is. When it ends, the others are to end too.
    func run(
        _ engine: any EngineClient, staleAge: Duration, clock: any WallClock, tokenFile: String, log: AsyncStream<LogTail>,
        signals: EndingSignals, say: @escaping @Sendable (String) -> Void = { _ in }, afterwards: @escaping @Sendable () -> Void = {},
        beside run: (ServiceGroupConfiguration.ServiceConfiguration) async throws -> Void
    ) async throws {
        defer { terminal.close() }
        let (preferences, problem) = stateFile?.read() ?? (ScreenPreferences(), nil)
        if let problem { say(problem) }
        let loop = DashboardLoop(
            terminal: CursesDashboardTerminal(terminal, notification: notification), engine: engine, clock: clock, staleAge: staleAge,
            log: log, tokenFile: tokenFile, start: start(preferences, problem), openBrowser: browser.open
        )
        try await run(
            .init(
                service: FrontService(loop: loop, stateFile: stateFile, signals: signals, say: say, afterwards: afterwards),
                successTerminationBehavior: .gracefullyShutdownGroup,
                serviceName: "dashboard"
            ))
    }
}

extension DashboardSession {
    /// The option decides before what was chosen on the screen, until that is chosen anew.
    private func start(_ kept: ScreenPreferences, _ problem: String?) -> ScreenStart {
        var preferences = kept
        if theme != nil { preferences.theme = nil }
        return ScreenStart(theme: theme ?? .auto, preferences: preferences, notice: problem) { [stateFile] in stateFile?.keep($0) }
    }
}

/// The dashboard as a service: when it ends, the others end too.
private struct FrontService: Service {
    let loop: DashboardLoop
    let stateFile: ScreenStateFile?
    let signals: EndingSignals
    let say: @Sendable (String) -> Void
    let afterwards: @Sendable () -> Void

    func run() async throws {
        await withDiscardingTaskGroup { group in
            if let stateFile { group.addTask { await stateFile.run(say: say) } }
            if await loop.run(until: { try? await gracefulShutdown() }) == .hangUp { signals.note(SIGHUP) }
            group.cancelAll()
        }
        afterwards()
    }
}
