import ArgumentParser
import CursesTerminal
import Engine
import EngineAPI
import Glibc
import Logging
import Screen
import ServiceLifecycle
import OperatingSystem

/// One run of the dashboard, from the terminal's opening to what is said on the normal screen afterwards.
struct DashboardRun {
    let settings: Settings
    /// The command that this is a run of, such as `demo`.
    let command: String
    let display: DisplaySettings
    let environment: [String: String]
    var clock: any WallClock = SystemWallClock()
    /// What is told first, in a line.
    var remark: String?

    /// - Throws: `ExitCode` after the reason was written to standard error.
    func run() async throws {
        if display.plain {
            return try await PlainRun(settings: settings, command: command, display: display, clock: clock, remark: remark).run()
        }
        let log = DashboardLog(file: settings.logFile.map { LogFile(path: $0) }, clock: clock)
        let logger = log.logger(label: "netatmo-dashboard", level: settings.logLevel)
        if let remark { logger.info("\(remark)") }
        let signals = EndingSignals()
        let control = ControlOffer(of: settings, command: command, log: log)
        let end = await RunningExporter(settings: settings, logger: logger, clock: clock, control: control).run { engine in
            let session = try await DashboardSession(display, environment: environment)
            try await session.run(
                engine, staleAge: settings.exporter.staleAge, clock: clock,
                tokenFile: Self.shown(path: settings.tokenFile, environment), log: log.tails(), signals: signals,
                say: { logger.warning("\($0)") }, afterwards: { Self.tellPendingToken(engine.store.snapshot.token) }
            ) { front in
                try await ServiceGroup(
                    serving: engine, for: settings.protection, control: control, with: [front], signals: signals, manager: .current,
                    logger: logger
                ).run()
            }
        }
        let code = end.error.map { Self.say($0, log: log, logger: logger) } ?? signals.exitCode
        await log.finish()
        if let code = end.unsaved?.tell() ?? code { throw code }
    }

    private static func say(_ error: any Error, log: DashboardLog, logger: Logger) -> ExitCode {
        if let error = error as? TerminalError { return noTerminal("\(error)") }
        // What went before tells more than the error alone.
        for line in log.latest(5) { writeToStandardError("netatmo-dashboard: \(line.level.rawValue): \(line.message)\n") }
        logger.critical("ended by an error: \(error)")
        return Failure.say("\(error)", code: 1)
    }

    /// A path with `~` for the home directory.
    static func shown(path: String, _ environment: [String: String]) -> String {
        guard let home = environment["HOME"], home.count > 1, path.hasPrefix(home + "/") else { return path }
        return "~" + path.dropFirst(home.count)
    }

    /// Why the program does not end at once.
    static func tellPendingToken(_ status: TokenStatus) {
        guard case .underWay = status.renewal else { return }
        writeToStandardError("netatmo-dashboard: waiting for NetAtmo's answer to a request for a token, at most 30 s\n")
    }

    /// Ends the program where there is no terminal to draw on, and one is needed.
    ///
    /// - Parameter isAttached: Whether it would show an engine that runs already.
    static func requireTerminal(_ display: DisplaySettings, isAttached: Bool = false) throws {
        guard !display.plain, isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0 else { return }
        throw noTerminal("standard \(isatty(STDIN_FILENO) == 0 ? "input" : "output") is not a terminal", isAttached: isAttached)
    }

    static func noTerminal(_ reason: String, isAttached: Bool = false) -> ExitCode {
        let alone = isAttached ? "" : "; the exporter alone: netatmo-dashboard serve"
        return Failure.say("the dashboard needs a terminal (\(reason)); lines in its place: --plain\(alone)", code: 1)
    }
}
