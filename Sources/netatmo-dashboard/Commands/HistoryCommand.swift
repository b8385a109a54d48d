import ArgumentParser
import Engine
import EngineAPI
import EngineRemote
import FoundationEssentials
import Glibc
import HistoryExport
import OperatingSystem

/// What was measured in the past.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Years of measurements, for Prometheus, InfluxDB or a spreadsheet.",
        subcommands: [HistoryExportCommand.self]
    )
}

/// Writes what NetAtmo has kept since the stations were set up.
struct HistoryExportCommand: ExporterCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write what was measured in the past as OpenMetrics, CSV, JSON or line protocol.",
        discussion: """
            Asks through the engine that runs, found as the dashboard finds it, so that its readings go on; where there is none, by itself, \
            which takes the token file's lock. Of what is there now \
            promtool tsdb create-blocks-from openmetrics FILE DIRECTORY makes blocks for Prometheus. Exit code: 0 done, 1 an error, \
            64 a wrong option, 130 interrupted: --resume goes on then, and asks for nothing twice.
            """
    )

    @OptionGroup(title: "What to export") var options: ExportOptions

    @Flag(inversion: .prefixedNo, help: "Ask by the control socket of an engine that runs. [env: NETATMO_ATTACH] (default: --attach)")
    var attach: Bool?

    @OptionGroup(title: "NetAtmo") var netatmo: NetatmoOptions
    @OptionGroup(title: "Exporter") var server: ServerOptions
    @OptionGroup(title: "Exporter") var control: ControlOptions

    func run() async throws {
        let (wish, sources, settings) = try Failure.sayingWhatIsWrong { () throws(ConfigurationError) in
            let sources = try SettingSources.current(config: netatmo.config)
            return (try options.wish(at: Date()), sources, try exporter.completeOrMissing(from: sources, defaultAddress: .thisMachine))
        }
        var signals: EndingSignals?
        let session = ExportSession(wish: wish, account: account, hidesSecret: netatmo.clientSecret != nil)
        var unsaved: UnsavedToken?
        var code: ExitCode?
        do {
            if let (socket, ownership) = try engine(sources, settings) {
                let taken = EndingSignals()
                signals = taken
                try await session.run(through: socket, ownership: ownership, signals: taken)
            } else {
                let end = try await session.run(with: try settings.get()) { signals = $0 }
                unsaved = end.unsaved
                try end.result.get()
            }
        } catch {
            code = session.tell(error, signal: signals?.number)
        }
        if let code = unsaved?.tell() ?? code { throw code }
    }

    /// What says whose account it is, and which engine has that, as it was given.
    var account: [String] {
        exporter.account + (attach.map { [$0 ? "--attach" : "--no-attach"] } ?? [])
    }

    /// The socket of the engine that runs; `nil` where none does.
    private func engine(
        _ sources: SettingSources, _ settings: Result<Settings, ConfigurationError>
    ) throws -> (UnixSocket, SocketOwnership)? {
        guard try SettingReader(sources: sources).flag(attach, "NETATMO_ATTACH", else: true) else { return nil }
        let search = try EngineSearch(exporter, from: sources, settings: settings)
        if let socket = try search.find() { return (socket, search.ownership) }
        if control.socket != nil, let named = search.given { throw EngineConnectionError.noEngine(path: named.path) }
        return nil
    }
}
