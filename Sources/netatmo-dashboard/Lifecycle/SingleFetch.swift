import ArgumentParser
import Engine
import EngineAPI
import FoundationEssentials
import Glibc
import Logging
import ServiceLifecycle
import Synchronization
import OperatingSystem

/// One fetch of the readings, with the token file locked and the token kept as ever, and without a server. It waits where others
/// before it have asked so often that NetAtmo's limits would be exceeded.
struct SingleFetch {
    let settings: Settings

    /// A signal came before the readings.
    struct Interrupted: Error, CustomStringConvertible {
        /// The exit code of that signal; `nil` where it was a request to stop.
        let exitCode: ExitCode?

        var description: String { "interrupted before the readings came" }
    }

    /// - Returns: What there is to say, with the state of the token after it was saved; or ``Interrupted``, or `TokenFileError` where
    ///   the token file can't be used.
    /// - Throws: `TokenFileError` where the token file has no place, `CancellationError` where the task is cancelled while it waits.
    func run() async throws -> ExporterEnd<Snapshot> {
        var quiet = Logger(label: "netatmo-dashboard", factory: { _ in SwiftLogNoOpLogHandler() })
        quiet.logLevel = .critical
        let pace = FetchPace(path: try TokenFile(path: settings.tokenFile, system: LocalFileSystem()).lockPath())
        try await waitForTurn(pace.wait)
        let before = pace.countedUntil
        let signals = EndingSignals()
        return await RunningExporter(settings: settings, logger: quiet).run { engine in
            pace.count(nil, after: before)
            defer { pace.count(engine.requestsSent, after: before) }
            let fetch = FetchService(engine: engine)
            let front = ServiceGroupConfiguration.ServiceConfiguration(
                service: fetch, successTerminationBehavior: .gracefullyShutdownGroup, serviceName: "fetch"
            )
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: engine.servicesForSingleFetch + [front, signals.configuration], logger: quiet
                )
            )
            try await group.run()
            guard fetch.isComplete else { throw Interrupted(exitCode: signals.exitCode) }
            return engine.store.snapshot
        }
    }

    /// Who sits in front of a terminal is told what is waited for; `watch` shows the readings alone.
    private func waitForTurn(_ seconds: TimeInterval) async throws {
        guard seconds > 0 else { return }
        if isatty(STDERR_FILENO) == 1 {
            writeToStandardError("netatmo-dashboard: waits \(Int(seconds.rounded(.up))) s, since NetAtmo allows 500 requests an hour\n")
        }
        try await Task.sleep(for: .seconds(seconds))
    }
}

private final class FetchService: Service {
    private let engine: ExporterEngine
    private let done = Mutex(false)

    init(engine: ExporterEngine) {
        self.engine = engine
    }

    /// Whether the fetch ended by itself, however it did.
    var isComplete: Bool { done.withLock { $0 } }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await self.engine.fetchOnce()
            if !Task.isCancelled { self.done.withLock { $0 = true } }
        }
    }
}
