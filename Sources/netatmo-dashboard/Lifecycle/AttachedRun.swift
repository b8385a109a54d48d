import ArgumentParser
import CursesTerminal
import EngineAPI
import EngineRemote
import Logging
import OperatingSystem
import Plain
import ServiceLifecycle

/// The dashboard, or its lines, of an engine in another process. Its end leaves the engine alone.
struct AttachedRun {
    let socket: UnixSocket
    let ownership: SocketOwnership
    let display: DisplaySettings
    let environment: [String: String]
    private let clock = SystemWallClock()

    /// - Throws: `ExitCode` after the reason was written to standard error.
    func run() async throws {
        try DashboardRun.requireTerminal(display, isAttached: true)
        let signals = EndingSignals()
        let output = LineOutput()
        do {
            try await RemoteEngine.attach(
                to: socket, ownership: ownership, clock: clock, release: BuildInformation.current.version
            ) { engine, description in
                if display.plain {
                    try await append(engine, description, to: output, signals)
                } else {
                    try await show(engine, description, signals)
                }
            }
        } catch let error as TerminalError {
            throw DashboardRun.noTerminal("\(error)", isAttached: true)
        } catch {
            throw Failure.say("\(error)", code: 1)
        }
        if display.plain { await output.finish() }
        if let code = signals.exitCode ?? output.exitCode { throw code }
    }

    private func show(_ engine: RemoteEngine, _ description: EngineDescription, _ signals: EndingSignals) async throws {
        let session = try await DashboardSession(display, environment: environment)
        try await session.run(
            engine, staleAge: description.staleAge, clock: clock,
            tokenFile: DashboardRun.shown(path: description.tokenFile, environment), log: engine.logs(), signals: signals
        ) { front in
            try await run([front], signals)
        }
    }

    private func append(
        _ engine: RemoteEngine, _ description: EngineDescription, to output: LineOutput, _ signals: EndingSignals
    ) async throws {
        let settings = StatusSettings(
            build: description.build, refreshInterval: description.refreshInterval, staleAge: description.staleAge)
        let follower = PlainFollower(settings: settings, symbols: display.plainSymbols)
        try await run([PlainService(follower: follower, output: output, engine: engine, clock: clock).configuration], signals)
    }

    private func run(_ services: [ServiceGroupConfiguration.ServiceConfiguration], _ signals: EndingSignals) async throws {
        let quiet = Logger(label: "netatmo-dashboard") { _ in SwiftLogNoOpLogHandler() }
        try await ServiceGroup(
            configuration: ServiceGroupConfiguration(services: services + [signals.configuration], logger: quiet)
        ).run()
    }
}
