import ArgumentParser
import FoundationEssentials
import HistoryExport
import Homes
import OperatingSystem

/// What is exported, and where it goes.
struct ExportOptions: ParsableArguments {
    @Option(help: "When to begin: a day such as 2023-01-01, a time of this machine's clock such as 2023-01-01T08:30, or RFC 3339.")
    var from: String?

    @Option(help: "When to end, in the same forms; a day belongs to it. (default: now)")
    var to: String?

    @Option(help: "Name or id of a module; may be given several times. (default: all modules, or none beside --room)")
    var module: [String] = []

    @Option(
        help: """
            Name or id of a room of NetAtmo Energy, as HOME/ROOM where several homes have one, Boiler, or all; may be given several times. \
            Needs --energy. (default: none)
            """)
    var room: [String] = []

    @Option(help: "What to export, such as temperature; may be given several times. (default: all measures)")
    var measure: [String] = []

    @Option(help: "How finely: max (each measurement, half hours of rooms), 30min, 1hour, 3hours, 1day, 1week, 1month. (default: max)")
    var scale: String?

    @Option(help: "What to write: openmetrics, csv, json, influx.", completion: .words(of: ExportFormat.self))
    var format: String?

    @Option(help: "File to write, put in place when it is whole. (default: standard output, which can't be resumed)")
    var output: String?

    @Flag(help: "Replace the output where it is there, and begin anew where an export to it was interrupted.")
    var overwrite = false

    @Flag(help: "Go on with the interrupted export to --output.")
    var resume = false
}

/// What the user wants of an export.
enum ExportWish: Equatable {
    /// - Parameter output: `nil` for standard output.
    case begin(ExportQuery, output: String?, overwrites: Bool)
    case resume(output: String)
}

extension ExportOptions {
    /// What they come to.
    ///
    /// - Throws: ``ConfigurationError``, before anything is asked or touched.
    func wish(at now: Date, time: LocalTime = .system, files: some FileSystem = LocalFileSystem()) throws(ConfigurationError) -> ExportWish
    {
        let path = try output.map { output throws(ConfigurationError) in try Self.path(output, files) }
        if resume { return .resume(output: try resumed(path, files)) }
        guard let format else { throw .invalid(option: "--format", found: nil, expected: Self.formats.expectation) }
        guard let from else { throw .invalid(option: "--from", found: nil, expected: Self.times(time).expectation) }
        let start = try Self.value("--from", from, Self.times(time))
        let now = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        let end = try to.map { to throws(ConfigurationError) in try Self.end(to, time) } ?? now
        let measures = try measure.map { name throws(ConfigurationError) in try Self.value("--measure", name, Self.measures) }
        let query = ExportQuery(
            format: try Self.value("--format", format, Self.formats),
            scale: try scale.map { scale throws(ConfigurationError) in try Self.value("--scale", scale, Self.scales) } ?? .measurement,
            start: start, end: min(end, now), modules: module, rooms: room, measures: Set(measures))
        guard start <= now else { throw .invalid(option: "--from", found: from, expected: "a time in the past") }
        guard start <= end else { throw .invalid(option: "--from", found: from, expected: "a time before --to \(to ?? "")") }
        if let path { try refuseToReplace(path, files) }
        return .begin(query, output: path, overwrites: overwrite)
    }

    private func resumed(_ path: String?, _ files: some FileSystem) throws(ConfigurationError) -> String {
        guard let path else {
            throw .invalid(option: "--resume", found: nil, expected: "beside --output FILE, the file that the export was to be")
        }
        let given = [
            ("--from", from), ("--to", to), ("--scale", scale), ("--format", format), ("--module", module.first),
            ("--room", room.first), ("--measure", measure.first),
        ]
        for (option, value) in given {
            guard let value else { continue }
            throw .invalid(option: option, found: value, expected: "allowed beside --resume, which goes on with what was wanted before")
        }
        guard !overwrite else { throw .invalid(option: "--overwrite", found: nil, expected: "not beside --resume") }
        guard (try? ExportFiles.isLeft(of: path, system: files)) == true else {
            throw .invalid(option: "--resume", found: path, expected: "the output of an export that was interrupted")
        }
        return path
    }

    /// Nothing that is there goes without being asked for.
    private func refuseToReplace(_ path: String, _ files: some FileSystem) throws(ConfigurationError) {
        let status = try? files.status(of: path, followingLinks: true)
        if let status, status.kind != .regular {
            throw .invalid(option: "--output", found: path, expected: "a file")
        }
        guard !overwrite else { return }
        guard (try? ExportFiles.isLeft(of: path, system: files)) != true else {
            if let holder = ExportLock.holder(of: path) {
                throw .invalid(
                    option: "--output", found: path,
                    expected: "free: process \(holder) exports to it, wait for its end or name another file")
            }
            throw .invalid(
                option: "--output", found: path,
                expected: "free: an export to it was interrupted; --resume goes on with it, --overwrite begins anew")
        }
        if status != nil {
            throw .invalid(option: "--output", found: path, expected: "free: the file is there; --overwrite replaces it")
        }
    }

    /// The path after symbolic links, so that the file is replaced and not the link; `-` is standard output.
    private static func path(_ given: String, _ files: some FileSystem) throws(ConfigurationError) -> String {
        guard !given.isEmpty, !given.hasSuffix("/"), let path = try? DurableFile(path: given, system: files).target() else {
            throw .invalid(option: "--output", found: given, expected: "the path of a file")
        }
        return path
    }

    private static func value<Value: Sendable>(
        _ option: String, _ text: String, _ parser: SettingParser<Value>
    ) throws(ConfigurationError) -> Value {
        guard let value = parser.parse(text) else { throw .invalid(option: option, found: text, expected: parser.expectation) }
        return value
    }

    /// A day belongs to it whole.
    private static func end(_ text: String, _ time: LocalTime) throws(ConfigurationError) -> Date {
        let date = try value("--to", text, times(time))
        return text.utf8.count == 10 ? time.startOfDay(1, after: date).addingTimeInterval(-1) : date
    }

    private static let formats = choice(ExportFormat.allCases.map { ($0.rawValue, $0) })
    private static let scales = choice(HistoryScale.allCases.map { ($0.rawValue, $0) })
    private static let measures = choice((ExportQuery.measures + ExportQuery.heatingMeasures).map { ($0.jsonKey, $0) })

    /// One of some words, in any case.
    private static func choice<Value: Sendable>(_ values: [(word: String, value: Value)]) -> SettingParser<Value> {
        SettingParser(expectation: "one of " + values.map(\.word).joined(separator: ", ")) { text in
            values.first { $0.word.lowercased() == text.lowercased() }?.value
        }
    }

    private static func times(_ time: LocalTime) -> SettingParser<Date> {
        SettingParser(expectation: "a day such as 2023-01-01, or a time such as 2023-01-01T08:30 or 2023-01-01T08:30:00+01:00") { text in
            guard let date = time.date(reading: text), date.timeIntervalSince1970 > 0, date.timeIntervalSince1970 < 4e9 else { return nil }
            return Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
        }
    }
}
