import ArgumentParser
import Engine
import EngineAPI
import EngineRemote
import FoundationEssentials
import Glibc
import HistoryExport
import Homes
import Logging
import OperatingSystem
import ServiceLifecycle

/// One export, from whichever engine, with what is said of it on standard error.
struct ExportSession: Sendable {
    let wish: ExportWish
    /// What has to be on the command line again where the export is to go on: of whose account it is, and which engine has that.
    let account: [String]
    /// Whether the client secret was on the command line, which is shown to nobody.
    let hidesSecret: Bool
    private let teller = ExportTeller(pace: .netatmo)
    private let clock = SystemWallClock()

    /// Through an engine in another process.
    func run(through socket: UnixSocket, ownership: SocketOwnership, signals: EndingSignals) async throws {
        try await RemoteEngine.attach(
            to: socket, ownership: ownership, clock: clock, release: BuildInformation.current.version
        ) { engine, _ in
            let work = WorkService {
                try await export(from: engine) { query in
                    for await snapshot in engine.snapshots() {
                        if let account = try ExportAccount(snapshot, for: query, at: clock.now) { return account }
                    }
                    throw CancellationError()
                }
            }
            let quiet = Logger(label: "netatmo-dashboard") { _ in SwiftLogNoOpLogHandler() }
            try await ServiceGroup(
                configuration: ServiceGroupConfiguration(services: [work.configuration, signals.configuration], logger: quiet)
            ).run()
            try (work.result ?? .failure(ExportError.interrupted)).get()
        }
    }

    /// With an engine of its own.
    ///
    /// - Parameter onTurn: Gets the signals from when on they are taken.
    func run(with settings: Settings, onTurn: (EndingSignals) -> Void) async throws -> ExporterEnd<Void> {
        for warning in settings.warnings { writeToStandardError("netatmo-dashboard: \(warning)\n") }
        if wish.wantsRooms, !settings.exporter.energy { throw ConfigurationError(.noEnergy) }
        return try await SingleFetch(settings: settings).run(onTurn: onTurn) { engine in
            try await export(from: engine) { query in
                if query.wantsModules { await engine.fetchOnce() }
                if query.wantsRooms { await engine.fetchRoomsOnce() }
                guard let account = try ExportAccount(engine.store.snapshot, for: query, at: clock.now) else {
                    throw ExportAccount.NothingCame(description: "nothing came from NetAtmo")
                }
                return account
            } prepare: {
                await engine.renewIfDue()
            }
        }
    }

    // MARK: The work

    private func export(
        from engine: any EngineClient, account: (ExportQuery) async throws -> ExportAccount, prepare: () async -> Void = {}
    ) async throws {
        switch wish {
        case .resume(let path):
            let lock = try ExportLock(of: path)
            defer { extendLifetime(lock) }
            await prepare()
            var files = try ExportFiles(resuming: path, system: LocalFileSystem())
            try await export(files.order, from: engine, at: files.position, to: &files)
            try tellEnd(of: path)
        case .begin(let query, let path?, let overwrites):
            // Before the directory's files are looked at again, and until they are whole.
            let lock = try ExportLock(of: path)
            defer { extendLifetime(lock) }
            let order = try await order(query, account)
            var files = try ExportFiles(order, to: path, overwrites: overwrites, system: LocalFileSystem())
            try await export(order, from: engine, at: files.position, to: &files)
            try tellEnd(of: path)
        case .begin(let query, nil, _):
            let order = try await order(query, account)
            try await TemporaryDirectory.with { directory in
                var stream = try ExportStream(order, directory: directory, system: LocalFileSystem()) { bytes in
                    writeToStandardOutput(bytes)
                }
                try await export(order, from: engine, at: ExportPosition(), to: &stream)
            }
            try tellEnd(of: nil)
        }
    }

    /// - Throws: ``LeftOut``
    private func tellEnd(of path: String?) throws(LeftOut) {
        let count = teller.leftOut
        if count > 0 { throw LeftOut(path: path, count: count) }
        if let path { teller.say("\(path) is whole") }
    }

    /// All is written that could be had, but that is not all.
    struct LeftOut: Error, CustomStringConvertible {
        let path: String?
        let count: Int

        var description: String {
            "\(path.map { "\($0) is written" } ?? "all is written") but for what NetAtmo refused of \(count) module\(count == 1 ? "" : "s")"
        }
    }

    private func order(_ query: ExportQuery, _ account: (ExportQuery) async throws -> ExportAccount) async throws -> ExportOrder {
        let account = try await account(query)
        do throws(ExportQuery.Mismatch) {
            let now = Date(timeIntervalSince1970: clock.now.timeIntervalSince1970.rounded(.down))
            return try query.order(of: account.stations, homes: account.homes, at: now)
        } catch {
            throw ConfigurationError(error)
        }
    }

    private func export(
        _ order: ExportOrder, from engine: any EngineClient, at position: ExportPosition, to output: inout some ExportOutput
    ) async throws {
        teller.tellPlan(of: order, at: position, isStream: wish.isStream)
        let run = ExportRun(
            order: order,
            source: { subject, start, end throws(HistoryError) in
                try await engine.page(of: subject, from: start, to: end)
            }, clock: clock
        ) { teller.tell($0) }
        defer { teller.endBar() }
        try await run.run(from: position, to: &output)
    }

    // MARK: The end

    /// Says why it ended before its end, and how it can go on.
    ///
    /// - Parameter signal: The one that ended it, where one did.
    func tell(_ error: any Error, signal: Int32?) -> ExitCode {
        if let error = error as? ConfigurationError {
            let isMissing = if case .missing = error { true } else { false }
            return Failure.say((isMissing ? "no engine runs to ask; to ask NetAtmo by itself, " : "") + "\(error)", code: Failure.usage)
        }
        let isClosed = if case ExportError.output(let error) = error { error.code == EPIPE } else { false }
        let reason = signal != nil ? "interrupted" : isClosed ? "standard output was closed before all was written" : "\(error)"
        let code = signal.map { 128 + $0 } ?? (isClosed ? 128 + SIGPIPE : 1)
        if error is LeftOut { return Failure.say("\(error)", code: 1) }
        let canBeResumed = (error as? ExportError)?.canBeResumed ?? true
        return Failure.say(reason + (canBeResumed ? wayOn : ""), code: code)
    }

    private var wayOn: String {
        guard let path = wish.output, (try? ExportFiles.isLeft(of: path, system: LocalFileSystem())) == true else {
            return wish.isStream ? "; what was written is not whole, and without --output it can't be resumed" : ""
        }
        return Self.wayOn(output: path, account: account, hidesSecret: hidesSecret)
    }

    static func wayOn(output path: String, account: [String], hidesSecret: Bool) -> String {
        let options = (["--resume", "--output", path] + account).map(quoted)
        let secret = hidesSecret ? " the client secret and" : ""
        return "; go on with\(secret): netatmo-dashboard history export \(options.joined(separator: " "))"
    }

    /// As a shell takes it for one word.
    static func quoted(_ path: String) -> String {
        let plain = path.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || "0123456789/._-+:@%,".unicodeScalars.contains($0) }
        return plain ? path : "'" + path.replacing("'", with: #"'\''"#).harmless + "'"
    }
}

extension ExportWish {
    /// Where it goes; `nil` for standard output.
    var output: String? {
        switch self {
        case .begin(_, let output, _): output
        case .resume(let output): output
        }
    }

    var isStream: Bool { output == nil }

    var wantsRooms: Bool {
        if case .begin(let query, _, _) = self { query.wantsRooms } else { false }
    }
}

extension ConfigurationError {
    init(_ mismatch: ExportQuery.Mismatch) {
        switch mismatch {
        case .unknownModule(let name, let known):
            self = .invalid(option: "--module", found: name.harmlessLine(limit: 100), expected: "one of \(known.joined(separator: ", "))")
        case .noEnergy:
            self = .invalid(
                option: "--room", found: nil,
                expected: "--energy beside it, or an engine that runs with it: without it no rooms are asked for")
        case .unknownRoom(let name, let known):
            self = .invalid(option: "--room", found: name.harmlessLine(limit: 100), expected: "one of \(known.joined(separator: ", "))")
        case .noRooms: self = .invalid(option: "--room", found: nil, expected: "an account with a room of NetAtmo Energy")
        case .nothingMeasured: self = .invalid(option: "--measure", found: nil, expected: "something that these measure at this scale")
        case .noModules: self = .invalid(option: "--module", found: nil, expected: "an account with a module of its own")
        }
    }
}

extension ExportPace {
    /// What an export has of NetAtmo's limits.
    static let netatmo = ExportPace(
        requestsAnHour: RequestLimits.netatmo.exports.map(\.count).min() ?? 1,
        spacing: RequestLimits.netatmo.spacing.map { $0.seconds / Double($0.count) } ?? 0)
}
