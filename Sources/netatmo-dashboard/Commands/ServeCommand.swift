import ArgumentParser
import EngineAPI
import FoundationEssentials
import Logging
import ServiceLifecycle
import OperatingSystem

/// The exporter alone.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the exporter alone, for a service manager or a container; logs to standard error."
    )

    @OptionGroup var exporter: ExporterOptions

    func run() async throws {
        let settings = try Failure.sayingWhatIsWrong { () throws(ConfigurationError) in
            try Settings(exporter, environment: ProcessInfo.processInfo.environment, defaultAddress: .everyAddress)
        }
        let logger = Self.logger(level: settings.logLevel)
        let signals = EndingSignals()
        let end = await RunningExporter(settings: settings, logger: logger, announceSignIn: { Self.announce($0, to: logger) }).run {
            engine in
            try await ServiceGroup(serving: engine, signals: signals, logger: logger).run()
        }
        let code = end.error.map { Failure.say("\($0)", code: 1) } ?? signals.exitCode
        if let code = end.unsaved?.tell() ?? code { throw code }
    }

    private static func logger(level: Logger.Level) -> Logger {
        var logger = Logger(label: "netatmo-dashboard", factory: { StreamLogHandler.standardError(label: $0) })
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
