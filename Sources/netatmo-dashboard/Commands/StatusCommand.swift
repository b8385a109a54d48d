import ArgumentParser
import CursesTerminal
import Engine
import EngineAPI
import EngineRemote
import FoundationEssentials
import Glibc
import HistoryExport
import Plain
import OperatingSystem
import TerminalUI

/// The status, once.
struct StatusCommand: ExporterCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Print the token's state and the readings once, as plain text or JSON.",
        discussion: """
            Asks the engine that runs: by its control socket, found as the dashboard finds it, or where --addr is given or none is \
            found, on that address or port \(ExporterStatus.defaultPort) of this machine. Where there is none, it \
            fetches the readings from NetAtmo by itself, which takes the token file's lock. Exit code: 0 valid, 2 not signed in, \
            3 no readings or all of them stale, 1 an error, 64 a wrong option, 74 a new token that could not be saved.
            """
    )

    @Flag(help: "Print the JSON of /api/status.")
    var json = false

    @Option(
        help: "What to print: text, json as --json does, or influx, the readings in InfluxDB's line protocol. (default: text)",
        completion: .words(of: Format.self)
    )
    var format: String?

    @Flag(inversion: .prefixedNo, help: "Print ASCII characters only. [env: NETATMO_ASCII]")
    var ascii: Bool?

    @OptionGroup(title: "NetAtmo") var netatmo: NetatmoOptions
    @OptionGroup(title: "Exporter") var server: ServerOptions
    @OptionGroup(title: "Exporter") var control: ControlOptions

    @Flag(inversion: .prefixedNo, help: "Ask by the control socket. [env: NETATMO_ATTACH] (default: on)")
    var attach: Bool?

    func run() async throws {
        // Told last, whatever else went wrong.
        var unsaved: UnsavedToken?
        let code: ExitCode?
        do {
            let format = try wantedFormat()
            let sources = try SettingSources.current(config: netatmo.config)
            let reader = SettingReader(sources: sources)
            let staleAge = try reader.value("--age-stale", server.ageStale, "NETATMO_AGE_STALE", SettingParser.duration)
            let isASCII = try reader.flag(ascii, "NETATMO_ASCII")
            let end = try await status(reader)
            unsaved = end.unsaved
            let status = try end.result.get()
            code = print(status, as: format, isASCII) ?? status.report.verdict(staleAge: staleAge).exitCode
        } catch let error as ConfigurationError {
            // Told only where no engine was found.
            let isMissing = if case .missing = error { true } else { false }
            code = Failure.say((isMissing ? "no engine runs to ask; to fetch by itself, " : "") + "\(error)", code: Failure.usage)
        } catch let exit as ExitCode {
            code = exit
        } catch let error as SingleFetch.Interrupted {
            code = Failure.say("\(error)", code: error.exitCode?.rawValue ?? 1)
        } catch {
            code = Failure.say("\(error)", code: 1)
        }
        if let code = unsaved?.tell() ?? code { throw code }
    }

    private enum Format: String, CaseIterable {
        case text, json, influx
    }

    private func wantedFormat() throws(ConfigurationError) -> Format {
        guard let format else { return json ? .json : .text }
        let words = Format.allCases.map(\.rawValue).joined(separator: ", ")
        guard let wanted = Format(rawValue: format.lowercased()) else {
            throw .invalid(option: "--format", found: format, expected: "one of \(words)")
        }
        guard !json || wanted == .json else { throw .invalid(option: "--format", found: format, expected: "json beside --json") }
        return wanted
    }

    /// A wrong value is told before anything is asked; a missing one only where nothing that runs can be asked.
    private func status(_ reader: SettingReader) async throws -> ExporterEnd<RunningInstance.Status> {
        let settings = try exporter.completeOrMissing(from: reader.sources, defaultAddress: .thisMachine)
        var gone: EngineConnectionError?
        do {
            if let status = try await attached(reader, settings) { return ExporterEnd(result: .success(status), unsaved: nil) }
        } catch let error as EngineConnectionError {
            // One without its socket may answer by its address.
            guard case .socketGone = error else { throw error }
            gone = error
        }
        // By this address an instance answers too that listens on every address, as serve does.
        let address = try reader.value("--addr", server.addr, "NETATMO_EXPORTER_ADDR", SettingParser.address) ?? .thisMachine
        if let status = try await RunningInstance(address: address).status() { return ExporterEnd(result: .success(status), unsaved: nil) }
        if let gone { throw gone }
        return try await Self.fetch(try settings.get())
    }

    /// What the engine says by its control socket; `nil` where none is found, or another one is meant.
    private func attached(
        _ reader: SettingReader, _ settings: Result<Settings, ConfigurationError>
    ) async throws -> RunningInstance.Status? {
        // The address of an engine elsewhere.
        guard try reader.flag(attach, "NETATMO_ATTACH", else: true), server.addr == nil || control.socket != nil
        else { return nil }
        let search = try EngineSearch(exporter, from: reader.sources, settings: settings)
        guard let socket = try search.find() else {
            // One that is named is meant, and no other.
            if control.socket != nil, let named = search.given { throw EngineConnectionError.noEngine(path: named.path) }
            return nil
        }
        let json = try await RemoteEngine.status(of: socket, ownership: search.ownership)
        do throws(StatusReportError) {
            return RunningInstance.Status(report: try StatusReport(json: json), json: json)
        } catch {
            throw EngineConnectionError.notAnEngine(path: socket.path, reason: "\(error)")
        }
    }

    private static func fetch(_ settings: Settings) async throws -> ExporterEnd<RunningInstance.Status> {
        for warning in settings.warnings { writeToStandardError("netatmo-dashboard: \(warning)\n") }
        let end = try await SingleFetch(settings: settings).run()
        let status = Result {
            let report = StatusReport(try end.result.get(), at: Date(), settings: settings.exporter.status)
            return RunningInstance.Status(report: report, json: try report.json())
        }
        return ExporterEnd(result: status, unsaved: end.unsaved)
    }

    /// - Returns: The exit code where that failed, the reason told.
    private func print(_ status: RunningInstance.Status, as format: Format, _ ascii: Bool) -> ExitCode? {
        let bytes =
            switch format {
            case .text:
                Array(
                    StatusText(symbols: ascii || !TerminalSession.adoptLocale() ? Symbols.ascii : .unicode).text(of: status.report).utf8)
            case .json: ascii ? StatusReport.ascii(json: status.json) : status.json
            case .influx: Array(InfluxReadings.text(of: status.report.snapshot.shownStations).utf8)
            }
        // Who has read enough closes the pipe, which is no failure.
        guard let error = writeToStandardOutput(bytes), error.code != EPIPE else { return nil }
        return Failure.say("standard output: \(error)", code: 1)
    }
}

extension StatusVerdict {
    /// The exit code that tells it; `nil` for success.
    fileprivate var exitCode: ExitCode? {
        switch self {
        case .valid: nil
        case .notSignedIn: ExitCode(2)
        case .stale: ExitCode(3)
        }
    }
}
