import ArgumentParser
import Exporter
import FoundationEssentials
import Logging
import ServiceLifecycle
import System

/// The exporter alone.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the exporter alone, for a service manager or a container; logs to standard error."
    )

    @OptionGroup var exporter: ExporterOptions

    func run() async throws {
        let settings: Settings
        do throws(ConfigurationError) {
            settings = try Settings(exporter, environment: ProcessInfo.processInfo.environment, defaultAddress: .everyAddress)
        } catch {
            throw Failure.say("\(error)", code: Failure.usage)
        }
        var logger = Logger(label: "netatmo-dashboard", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = settings.logLevel
        do {
            try await serve(settings, logger: logger)
        } catch let unsaved as UnsavedToken {
            if let error = unsaved.otherError { _ = Failure.say("\(error)", code: 1) }
            throw unsaved.tell()
        } catch let code as ExitCode {
            throw code
        } catch {
            throw Failure.say("\(error)", code: 1)
        }
    }

    private func serve(_ settings: Settings, logger: Logger) async throws {
        let signals = EndingSignals()
        try await RunningExporter(settings: settings, logger: logger, announceSignIn: { Self.announce($0, to: logger) }).run { engine in
            try await ServiceGroup(serving: engine, signals: signals, logger: logger).run()
        }
        if let code = signals.exitCode { throw code }
    }

    /// The one place where a one-time key goes into a log: there is no screen to show it, and whoever reads this log owns the
    /// exporter. Shown at every level: without it nobody could sign in from another machine.
    private static func announce(_ address: Secret, to logger: Logger) {
        var logger = logger
        logger.logLevel = min(logger.logLevel, .warning)
        logger.warning("token sign-in: open \(address.reveal()) (good once, for 10 minutes)")
    }
}
