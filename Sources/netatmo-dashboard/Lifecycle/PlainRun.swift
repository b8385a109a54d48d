import ArgumentParser
import CursesTerminal
import Engine
import EngineAPI
import Glibc
import Logging
import Plain
import ServiceLifecycle
import OperatingSystem
import TerminalUI

/// One run of the dashboard as lines appended to standard output, for screen readers, `tee`, and whatever is no terminal.
struct PlainRun {
    let settings: Settings
    /// The command that this is a run of, such as `demo`.
    let command: String
    let display: DisplaySettings
    let clock: any WallClock
    /// What is told first, in a line.
    let remark: String?

    /// - Throws: `ExitCode`, after the reason was written to standard error where there is one to tell.
    func run() async throws {
        let log = DashboardLog(file: settings.logFile.map { LogFile(path: $0) }, clock: clock)
        let logger = log.logger(label: "netatmo-dashboard", level: settings.logLevel)
        let (end, code) = await end(control: ControlOffer(of: settings, command: command, log: log), logger: logger)
        await log.finish()
        if let code = end.unsaved?.tell() ?? code { throw code }
    }

    /// Runs to the end; the exit code is `nil` where the user asked for it, else its reason is told.
    private func end(control: ControlOffer?, logger: Logger) async -> (ExporterEnd<Void>, ExitCode?) {
        let follower = PlainFollower(settings: settings.exporter.status, symbols: display.plainSymbols)
        let output = LineOutput()
        if let remark {
            logger.info("\(remark)")
            output.write(follower.text(remark, at: clock.now))
        }
        let signals = EndingSignals()
        let end = await RunningExporter(settings: settings, logger: logger, clock: clock, control: control) { address in
            output.write(follower.text("sign in: open \(address.reveal()) (good once, for 10 minutes)", at: clock.now))
        }.run { engine in
            let lines = PlainService(
                follower: follower, output: output, engine: engine, clock: clock,
                afterwards: { DashboardRun.tellPendingToken(engine.store.snapshot.token) })
            let fronts = [lines.configuration]
            try await ServiceGroup(
                serving: engine, for: settings.protection, control: control, with: fronts, signals: signals, manager: .current,
                logger: logger
            ).run()
        }
        if let error = end.error { return (end, Self.say(error, logger: logger)) }
        await output.finish()
        return (end, signals.exitCode ?? output.exitCode)
    }

    private static func say(_ error: any Error, logger: Logger) -> ExitCode {
        logger.critical("ended by an error: \(error)")
        return Failure.say("\(error)", code: 1)
    }
}

extension DisplaySettings {
    /// What the reader of plain lines can be shown.
    var plainSymbols: Symbols { ascii || !TerminalSession.adoptLocale() ? .ascii : .unicode }
}

extension LineOutput {
    /// The exit code where no more could be written, the reason told; that of a program that a closed pipe ended where no reader
    /// reads it any more.
    var exitCode: ExitCode? {
        switch knownEnd {
        case .readerGone: ExitCode(128 + SIGPIPE)
        case .failed(let error): Failure.say("standard output: \(error)", code: 1)
        case nil: nil
        }
    }
}

/// Writes what is new until its reader has gone.
struct PlainService: Service {
    let follower: PlainFollower
    let output: LineOutput
    let engine: any EngineClient
    let clock: any WallClock
    var afterwards: @Sendable () -> Void = {}

    /// When it ends, the others are to end too.
    var configuration: ServiceGroupConfiguration.ServiceConfiguration {
        .init(service: self, successTerminationBehavior: .gracefullyShutdownGroup, serviceName: "lines")
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await follow() }
                _ = await output.waitForEnd()
                group.cancelAll()
            }
        }
        afterwards()
    }

    private func follow() async {
        await follower.follow(engine.snapshots(), on: clock) { output.write($0) }
    }
}
