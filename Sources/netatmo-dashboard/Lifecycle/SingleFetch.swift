import ArgumentParser
import Engine
import EngineAPI
import FoundationEssentials
import Glibc
import Logging
import ServiceLifecycle
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
        let pace = try await turn()
        let signals = EndingSignals()
        return await run(pace, signals) { engine in
            await engine.fetchOnce()
            await engine.fetchRoomsOnce()
            if Task.isCancelled { throw Interrupted(exitCode: signals.exitCode) }
        } afterwards: { engine in
            engine.store.snapshot
        }
    }

    /// The same with other work than a fetch; what it throws is what comes of it. It does not wait for its turn: the engine knows what was
    /// asked before, and waits by itself.
    ///
    /// - Parameter onTurn: Gets the signals, which are taken from then on.
    func run(
        onTurn: (EndingSignals) -> Void, _ work: @escaping @Sendable (ExporterEngine) async throws -> Void
    ) async throws -> ExporterEnd<Void> {
        let pace = FetchPace(path: try TokenFile(path: settings.tokenFile, system: LocalFileSystem()).lockPath())
        let signals = EndingSignals()
        onTurn(signals)
        return await run(pace, signals, work) { _ in }
    }

    /// Waits until it is its turn.
    private func turn() async throws -> FetchPace {
        let pace = FetchPace(path: try TokenFile(path: settings.tokenFile, system: LocalFileSystem()).lockPath())
        try await waitForTurn(pace.wait)
        return pace
    }

    private func run<Value: Sendable>(
        _ pace: FetchPace, _ signals: EndingSignals, _ work: @escaping @Sendable (ExporterEngine) async throws -> Void,
        afterwards value: @escaping (ExporterEngine) -> Value
    ) async -> ExporterEnd<Value> {
        var quiet = Logger(label: "netatmo-dashboard", factory: { _ in SwiftLogNoOpLogHandler() })
        quiet.logLevel = .critical
        let before = pace.countedUntil
        return await RunningExporter(settings: settings, logger: quiet).run { engine in
            pace.count(nil, after: before)
            defer { pace.count(engine.requestsSent, after: before) }
            let service = WorkService { try await work(engine) }
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: engine.servicesForSingleFetch + [service.configuration, signals.configuration], logger: quiet
                )
            )
            try await group.run()
            guard let result = service.result else { throw Interrupted(exitCode: signals.exitCode) }
            try result.get()
            return value(engine)
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
