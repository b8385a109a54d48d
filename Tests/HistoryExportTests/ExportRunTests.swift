import EngineAPI
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import HistoryExport
@testable import Homes
@testable import OperatingSystem

@Suite("An export from its first request to its last")
struct ExportRunTests {
    /// NetAtmo as a test has it: notes what it is asked, and fails as it is told.
    private final class Source: Sendable {
        private let state = Mutex<(asked: [String], failures: [Int: HistoryError])>(([], [:]))

        private let isEmpty: Bool

        /// An export that asks for more turns in a circle, and would never end.
        private static let most = 100

        /// - Parameters:
        ///   - failures: By the number of the request, from 1.
        ///   - isEmpty: Whether nothing was ever measured.
        init(failing failures: [Int: HistoryError] = [:], isEmpty: Bool = false) {
            self.isEmpty = isEmpty
            state.withLock { $0.failures = failures }
        }

        var asked: [String] { state.withLock { $0.asked } }

        func page(_ subject: HistorySubject, _ start: Date, _ end: Date) throws(HistoryError) -> MeasureHistory {
            let error = state.withLock { state -> HistoryError? in
                let number = state.asked.count + 1
                state.asked.append(
                    "\(subject.id) \(Int(start.timeIntervalSince(SampleExport.start))) \(Int(end.timeIntervalSince(SampleExport.start)))")
                return number > Self.most ? .cancelled : state.failures[number]
            }
            if let error { throw error }
            guard !isEmpty else { return MeasureHistory(measures: []) }
            return SampleExport.answer(subject, from: start, to: end, gap: 400_000..<800_000)
        }
    }

    /// Five pages of two modules.
    private static func order(_ format: ExportFormat) -> ExportOrder {
        SampleExport.order(
            format, [SampleExport.device("A", id: "02:0a"), SampleExport.device("B", id: "02:0b", setUp: SampleExport.time(500_000))],
            end: SampleExport.time(900_000))
    }

    private func run(_ order: ExportOrder, _ source: Source, clock: any WallClock = ManualClock(), events: Journal = Journal()) -> ExportRun
    {
        ExportRun(order: order, source: { subject, start, end throws(HistoryError) in try source.page(subject, start, end) }, clock: clock)
        {
            switch $0 {
            case .progress(let progress): events.note("\(progress.done)/\(progress.all) \(progress.module)")
            case .leavesOut(let error): events.note("\(error)")
            case .waits(_, let time): events.note("waits until \(Int(time.timeIntervalSince(SampleStations.now)))")
            }
        }
    }

    private func whole(_ order: ExportOrder) async throws -> String {
        let folder = try TemporaryFolder()
        let path = folder.path("whole")
        var files = try ExportFiles(order, to: path, system: LocalFileSystem())
        try await run(order, Source()).run(to: &files)
        return String(decoding: try #require(try LocalFileSystem().contents(of: path, limit: 1 << 24)), as: UTF8.self)
    }

    @Test("asks for each page once, tells how far it is, and writes all of it in the file's name alone", arguments: ExportFormat.allCases)
    func whole(format: ExportFormat) async throws {
        let folder = try TemporaryFolder()
        let (source, events) = (Source(), Journal())
        let order = Self.order(format)
        var files = try ExportFiles(order, to: folder.path("out"), system: LocalFileSystem())
        try await run(order, source, events: events).run(to: &files)
        #expect(
            source.asked == [
                // The first answer is full, so that it goes on behind its last time.
                "02:0a 0 307199", "02:0a 306901 614100", "02:0a 614101 900000", "02:0b 500000 807199", "02:0b 807200 900000",
            ])
        #expect(events.entries == ["1/5 A", "2/5 A", "3/5 A", "4/5 B", "5/5 B"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["out"])
        let text = try #require(try LocalFileSystem().contents(of: folder.path("out"), limit: 1 << 24))
        let rows = String(decoding: text, as: UTF8.self).split(separator: "\n").count { !$0.hasPrefix("#") && !$0.hasPrefix("time,") }
        // Every five minutes but in the gap, A from the beginning, B from its set-up on.
        let times = stride(from: 0.0, through: 900_000, by: 300).filter { !(400_000..<800_000).contains($0) }
        let expected = times.count + times.count { $0 >= 500_000 }
        #expect(rows == (format == .openMetrics ? 2 * expected : expected))
    }

    @Test(
        "interrupted after any request, it goes on where it was: nothing is asked for twice, and the output is the same",
        arguments: ExportFormat.allCases, 1...4)
    func resume(format: ExportFormat, number: Int) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("out")
        let order = Self.order(format)
        let first = Source(failing: [number + 1: .cancelled])
        var files = try ExportFiles(order, to: path, system: LocalFileSystem())
        await #expect(throws: ExportError.interrupted) { try await run(order, first).run(to: &files) }
        #expect(try ExportFiles.isLeft(of: path, system: LocalFileSystem()))
        #expect(try LocalFileSystem().version(of: path) == nil)
        // What a request that was cut off left behind what counts.
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) where !name.hasSuffix(".state") {
            let file = try LocalFileSystem().openInPlace(folder.path(name))
            try LocalFileSystem().seek(file, to: Int(try #require(try LocalFileSystem().version(of: folder.path(name))).size))
            _ = try LocalFileSystem().write(Array("half a li"[...].utf8)[...], to: file)
            try LocalFileSystem().close(file)
        }
        let second = Source()
        var again = try ExportFiles(resuming: path, system: LocalFileSystem())
        #expect(again.order == order)
        try await run(again.order, second).run(from: again.position, to: &again)
        #expect(first.asked.dropLast() + second.asked == (try await asked(order))[...])
        let text = String(decoding: try #require(try LocalFileSystem().contents(of: path, limit: 1 << 24)), as: UTF8.self)
        #expect(text == (try await whole(order)))
    }

    /// An output that ends before it is made whole, as by a power cut.
    private struct Unfinished: ExportOutput {
        var files: ExportFiles<LocalFileSystem>

        mutating func take(_ pieces: [ExportPiece], position: ExportPosition) throws(ExportError) {
            try files.take(pieces, position: position)
        }

        mutating func finish() throws(ExportError) { throw .interrupted }
    }

    @Test(
        "when it goes on, what was written behind the last full answer is gone, be that more than all that is still to come",
        arguments: ExportFormat.allCases, [2, 5])
    func leftBehind(format: ExportFormat, answers: Int) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("out")
        let order = Self.order(format)
        var files = Unfinished(files: try ExportFiles(order, to: path, system: LocalFileSystem()))
        await #expect(throws: ExportError.interrupted) { try await run(order, Source(failing: [answers + 1: .cancelled])).run(to: &files) }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) where !name.hasSuffix(".state") {
            let file = try LocalFileSystem().openInPlace(folder.path(name))
            try LocalFileSystem().seek(file, to: Int(try #require(try LocalFileSystem().version(of: folder.path(name))).size))
            var rest = [UInt8](repeating: UInt8(ascii: "x"), count: 500_000)[...]
            while !rest.isEmpty { rest = rest.dropFirst(try LocalFileSystem().write(rest, to: file)) }
            try LocalFileSystem().close(file)
        }
        var again = try ExportFiles(resuming: path, system: LocalFileSystem())
        #expect(again.position.requests == answers)
        try await run(order, Source()).run(from: again.position, to: &again)
        let text = String(decoding: try #require(try LocalFileSystem().contents(of: path, limit: 1 << 24)), as: UTF8.self)
        #expect(!text.contains("xx"))
        let whole = try await whole(order)
        #expect(text.utf8.count == whole.utf8.count && text == whole)
    }

    private func asked(_ order: ExportOrder) async throws -> [String] {
        let source = Source()
        var output = CollectedOutput()
        try await run(order, source).run(to: &output)
        #expect(output.isFinished)
        return source.asked
    }

    @Test("where NetAtmo wants a wait, it waits as long and goes on")
    func waits() async throws {
        let clock = ManualClock()
        let now = clock.now
        let failures: [Int: HistoryError] = [
            1: .failed(NetatmoError(.heldBack), next: now.addingTimeInterval(700)),
            2: .failed(NetatmoError(.quota), next: now.addingTimeInterval(700 + 3600)),
            3: .failed(NetatmoError(.outage, status: 503), next: now.addingTimeInterval(4300 + 30)),
            4: .failed(NetatmoError(.outage, status: 503), next: now.addingTimeInterval(4300 + 30)),
            5: .unreachable,
        ]
        let (source, events) = (Source(failing: failures), Journal())
        let order = Self.order(.json)
        let run = run(order, source, clock: clock, events: events)
        let work = Task {
            var output = CollectedOutput()
            try await run.run(to: &output)
            return output
        }
        for _ in 1...5 { try await clock.wakeNext() }
        #expect(try await work.value.isFinished)
        #expect(
            events.entries.filter { $0.hasPrefix("waits") } == [
                "waits until 700", "waits until 4300", "waits until 4420", "waits until 4428", "waits until 4443",
            ])
        #expect(source.asked.count == 10)
        #expect(Set(source.asked).count == 5)
    }

    @Test(
        "what no wait changes ends it, with the reason",
        arguments: [
            (HistoryError.noToken, ExportError.noToken), (.cancelled, .interrupted),
            (
                .failed(NetatmoError(.wrongScope, status: 403), next: SampleStations.now),
                .refused(module: "A", NetatmoError(.wrongScope, status: 403))
            ),
        ])
    func ends(error: HistoryError, expected: ExportError) async throws {
        let source = Source(failing: [1: error])
        var output = CollectedOutput()
        await #expect(throws: expected) { try await run(Self.order(.csv), source).run(to: &output) }
        #expect(source.asked.count == 1)
        #expect(!expected.description.contains("\n"))
    }

    @Test(
        "a module that NetAtmo refuses is left out from there on, which is told, and the others come",
        arguments: [HistoryError.failed(NetatmoError(.refused, status: 404), next: SampleStations.now), .unknownDevice], [1, 2])
    func leavesOut(error: HistoryError, number: Int) async throws {
        let folder = try TemporaryFolder()
        let (source, events) = (Source(failing: [number: error]), Journal())
        let order = Self.order(.csv)
        var files = try ExportFiles(order, to: folder.path("out"), system: LocalFileSystem())
        try await run(order, source, events: events).run(to: &files)
        #expect(source.asked.map { $0.prefix(5) } == (0..<number).map { _ in "02:0a" } + ["02:0b", "02:0b"])
        #expect(events.entries.count { $0.contains("A") && !$0.contains("/") } == 1)
        let text = String(decoding: try #require(try LocalFileSystem().contents(of: folder.path("out"), limit: 1 << 24)), as: UTF8.self)
        #expect(text.contains(",A,") == (number > 1) && text.contains(",B,"))
        #expect(try !ExportFiles.isLeft(of: folder.path("out"), system: LocalFileSystem()))
    }

    @Test("what was left of an export that does not fit together is refused", arguments: ["cut", "spoiled", "gone"])
    func damaged(what: String) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("out")
        var files = try ExportFiles(Self.order(.csv), to: path, system: LocalFileSystem())
        let source = Source(failing: [2: .cancelled])
        await #expect(throws: ExportError.interrupted) { try await run(Self.order(.csv), source).run(to: &files) }
        switch what {
        case "cut":
            let file = try LocalFileSystem().openInPlace(path + ".part")
            try LocalFileSystem().truncate(file, to: 10)
            try LocalFileSystem().close(file)
        case "spoiled": try "{}".write(toFile: path + ".part.state", atomically: false, encoding: .utf8)
        default: try LocalFileSystem().remove(path + ".part.state")
        }
        do throws(ExportError) {
            _ = try ExportFiles(resuming: path, system: LocalFileSystem())
            Issue.record("it goes on with what is \(what)")
        } catch {
            guard case .damaged = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test("without a single row the output is whole all the same", arguments: [ExportFormat.csv, .openMetrics, .json])
    func empty(format: ExportFormat) async throws {
        let folder = try TemporaryFolder()
        let order = Self.order(format)
        var files = try ExportFiles(order, to: folder.path("out"), system: LocalFileSystem())
        try await run(order, Source(isEmpty: true)).run(to: &files)
        let text = String(decoding: try #require(try LocalFileSystem().contents(of: folder.path("out"), limit: 1000)), as: UTF8.self)
        switch format {
        case .csv: #expect(text == "time,home,station,module,id,temperature,humidity\n")
        case .openMetrics: #expect(text == "# EOF\n")
        case .json, .influx: #expect(text.isEmpty)
        }
    }

    @Test("to standard output it writes the same bytes", arguments: ExportFormat.allCases)
    func stream(format: ExportFormat) async throws {
        let folder = try TemporaryFolder()
        let written = Mutex<[UInt8]>([])
        let order = Self.order(format)
        var stream = try ExportStream(order, directory: folder.url.path, system: LocalFileSystem()) { bytes in
            written.withLock { $0 += bytes }
            return nil
        }
        try await run(order, Source()).run(to: &stream)
        #expect(String(decoding: written.withLock { $0 }, as: UTF8.self) == (try await whole(order)))
    }

    @Test("a reader that has gone ends it")
    func closed() async throws {
        let folder = try TemporaryFolder()
        let source = Source()
        let error = FileError(operation: "write", code: 32)
        var stream = try ExportStream(Self.order(.csv), directory: folder.url.path, system: LocalFileSystem()) { _ in error }
        await #expect(throws: ExportError.output(error)) { try await run(Self.order(.csv), source).run(to: &stream) }
        #expect(source.asked.count == 1)
    }

    @Test("how far it is, in words and as a bar")
    func progress() {
        let progress = ExportProgress(done: 254, left: 364, module: "Stue", until: SampleExport.time(86_400 * 120))
        let pace = ExportPace(requestsAnHour: 380, spacing: 5.5)
        let words = "41 %, 254 of 618 requests, 58 min left: Stue until 2023-05-01"
        #expect(progress.words(pace) == words)
        #expect(progress.bar(pace, columns: 120) == "[############------------------] " + words)
        #expect(progress.bar(pace, columns: 40) == String(words.prefix(39)))
        #expect(
            ExportProgress(done: 618, left: 0, module: "Vind", until: SampleExport.time(0)).words(pace)
                == "100 %, 618 of 618 requests: Vind until 2023-01-01")
    }
}
