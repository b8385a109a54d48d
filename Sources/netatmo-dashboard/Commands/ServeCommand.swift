import ArgumentParser
import EngineAPI
import Logging
import ServiceLifecycle
import OperatingSystem

/// The exporter alone.
struct ServeCommand: ExporterCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the exporter alone, for a service manager or a container; logs to standard error."
    )

    @OptionGroup(title: "NetAtmo") var netatmo: NetatmoOptions
    @OptionGroup(title: "Exporter") var server: ServerOptions
    @OptionGroup(title: "Exporter") var control: ControlOptions

    func run() async throws {
        let manager = ServiceManager.current
        let settings = try Failure.sayingWhatIsWrong { () throws(ConfigurationError) in
            try Settings(
                exporter, from: try SettingSources.current(config: netatmo.config), defaultAddress: .everyAddress,
                inherited: try .passed(on: manager)
            ).serving()
        }
        // Kept for the screens that attach.
        let log = DashboardLog(file: nil)
        let logger = Self.logger(level: settings.logLevel, log: log)
        if settings.inherited.network != nil { logger.info("exporter socket: passed on by the service manager, in place of --addr") }
        let signals = EndingSignals()
        let control = ControlOffer(of: settings, command: "serve", log: log)
        let announcer = Self.logger(level: settings.logLevel)
        let end = await RunningExporter(
            settings: settings, logger: logger, control: control, announceSignIn: { Self.announce($0, to: announcer) }
        ).run { engine in
            try await ServiceGroup(
                serving: engine, inherited: settings.inherited.network?.descriptor, for: settings.protection, control: control,
                signals: signals, manager: manager, logger: logger
            ).run()
        }
        let code = end.error.map { Failure.say("\($0)", code: 1) } ?? signals.exitCode
        if let code = end.unsaved?.tell() ?? code { throw code }
    }

    /// - Parameter log: Where its lines are kept too.
    private static func logger(level: Logger.Level, log: DashboardLog? = nil) -> Logger {
        var logger = Logger(label: "netatmo-dashboard") { label in
            let handlers: [any LogHandler] = [StreamLogHandler.standardError(label: label)] + (log.map { [$0.handler] } ?? [])
            return MultiplexLogHandler(handlers)
        }
        logger.logLevel = level
        return logger
    }

    /// The one place where a one-time key goes into a log: there is no screen to show it, and the reader of this log owns the
    /// exporter. Shown at every level: without it no user could sign in from another machine.
    private static func announce(_ address: Secret, to logger: Logger) {
        var logger = logger
        logger.logLevel = min(logger.logLevel, .warning)
        logger.warning("token sign-in: open \(address.reveal()) (good once, for 10 minutes)")
    }
}
