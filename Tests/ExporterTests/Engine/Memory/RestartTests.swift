import Foundation
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("After a restart")
struct RestartTests {
    /// A NetAtmo, a token file and a memory that live on between runs of the engine.
    private struct Bench: Sendable {
        let clock = ManualClock()
        let history: FakeMemory
        let charts: FakeMemory?
        let storage: MemoryTokenStorage
        let limits: RequestLimits
        let netatmo = ScriptedTransport { request throws(NetatmoError) in
            let history = #"{"body":[{"beg_time":1795440000,"step_time":300,"value":[[21.4],[21.5],[21.6]]}]}"#
            return NetatmoAnswer(status: 200, body: Array((request.path == Bench.getmeasure ? history : SampleStations.json).utf8))
        }

        static let getmeasure = "/api/getmeasure"

        init(
            history: FakeMemory = FakeMemory(), charts: FakeMemory? = nil,
            limits: RequestLimits = RequestLimits(all: [.init(count: 20, seconds: 3600)])
        ) throws {
            self.history = history
            self.charts = charts
            self.limits = limits
            storage = MemoryTokenStorage(
                try SampleTokens.file(access: "access-0e2f", refresh: "refresh-77aa", expiry: SampleStations.now(86_400)))
        }

        /// How many curves were asked for.
        var asked: Int { netatmo.requests.count { $0.path == Bench.getmeasure } }

        func engine() -> ExporterEngine {
            let configuration = ExporterConfiguration(
                address: ListenAddress(host: "127.0.0.1", port: 0), externalURL: nil, apiURL: "http://127.0.0.1:1",
                credentials: SampleTokens.credentials, refreshInterval: .seconds(480), staleAge: .seconds(3600), debugHandlers: false,
                renewExpired: false, requestLimits: limits,
                build: BuildInformation(version: "1", commit: "a")
            )
            return ExporterEngine(
                configuration: configuration, storage: storage, transport: netatmo,
                memory: MemoryStorages(history: history, charts: charts), clock: clock,
                randomness: Randomness(fraction: { 0.5 }, bytes: Randomness.system.bytes), fileLooks: AsyncStream { _ in },
                logger: CollectedLog().logger)
        }

        /// Runs the engine until its readings came and `body` is done.
        func run(_ body: @escaping @Sendable (ExporterEngine) async throws -> Void = { _ in }) async throws {
            let engine = engine()
            try await engine.loadToken()
            try await running(engine.services.map(\.service)) { _ in
                engine.noteListening(port: 9210)
                try await engine.store.first("readings") { $0.data.isUp && !$0.data.isFetching }
                try await engine.store.event("the fetch") { if case .dataFetched = $0 { true } else { false } }
                try await body(engine)
            }
        }
    }

    @Test("the history shows what happened before, and the start between; the log is not told again")
    func events() async throws {
        let bench = try Bench()
        try await bench.run()
        bench.clock.advance(by: .seconds(3600))
        try await bench.run { engine in
            let events = engine.store.snapshot.events
            let starts = events.indices.filter { events[$0].kind == .exporterStarted(address: "127.0.0.1:9210") }
            #expect(starts.count == 2)
            #expect(events.filter { if case .dataFetched = $0.kind { true } else { false } }.count == 2)
            #expect(events.first?.time == SampleStations.now && events.last?.time == SampleStations.now(3600))
            #expect(engine.store.snapshot.eventCount == events.count)
        }
        #expect(bench.history.text?.split(separator: "\n").contains { $0.contains("exporterStarted") } == true)
    }

    @Test("counters go on from where they were")
    func counters() async throws {
        let bench = try Bench()
        for run in 1...3 {
            try await bench.run { engine in
                #expect(engine.store.api.requests[.stations]?.counts == [.ok: run])
                #expect(engine.store.api.requests[.stations]?.durations.count == run)
            }
        }
    }

    @Test("what was asked before counts: restarts get no more out of NetAtmo than its limit, and an hour later all of it again")
    func quota() async throws {
        let bench = try Bench()
        for _ in 0..<20 { try await bench.run() }
        #expect(bench.netatmo.requests.count == 20)
        let engine = bench.engine()
        try await engine.loadToken()
        try await running(engine.services.map(\.service)) { _ in
            engine.noteListening(port: 9210)
            try await engine.store.event("a refusal of our own") {
                if case .dataFailed(let error, _) = $0 { error.kind == .heldBack } else { false }
            }
        }
        #expect(bench.netatmo.requests.count == 20)
        bench.clock.advance(by: .seconds(3600))
        try await bench.run()
        #expect(bench.netatmo.requests.count == 21)
    }

    @Test("what was asked a second before the program was killed counts too")
    func killed() async throws {
        let bench = try Bench()
        let text = Mutex<String?>(nil)
        try await bench.run { engine in
            // The sleep after the request; what is written later, at the end, is what a kill would lose.
            try await bench.clock.sleeper(until: SampleStations.now(1))
            bench.clock.advance(by: .seconds(1))
            _ = try await until("the write", every: .milliseconds(1)) { bench.history.writes > 0 ? true : nil }
            let written = bench.history.text
            text.withLock { $0 = written }
        }
        let left = text.withLock { $0 }
        let (memory, problem) = EngineMemory.reading(Array(try #require(left).utf8))
        #expect(problem == nil)
        #expect(memory.requests?.times(now: bench.clock.now, uptime: bench.clock.uptime).all.count == 1)
    }

    @Test("a single fetch counts what was asked before and adds its own, and leaves the history as the service left it")
    func singleFetch() async throws {
        let bench = try Bench()
        try await bench.run()
        let before = EngineMemory.reading(Array(try #require(bench.history.text).utf8)).memory
        bench.clock.advance(by: .seconds(60))
        let engine = bench.engine()
        try await engine.loadToken()
        try await running(engine.servicesForSingleFetch.map(\.service)) { _ in await engine.fetchOnce() }
        #expect(engine.store.snapshot.data.isUp)
        let after = EngineMemory.reading(Array(try #require(bench.history.text).utf8)).memory
        #expect(after.events == before.events)
        #expect(after.statistics?.requests[.stations]?.counts == [.ok: 2])
        #expect(after.requests?.times(now: bench.clock.now, uptime: bench.clock.uptime).all.count == 2)
    }

    @Test("a memory that can't be read or written is one line each, and the engine works as ever", arguments: [true, false])
    func broken(isDamaged: Bool) async throws {
        let bench = try Bench()
        try await bench.run()
        let damaged = FakeMemory(bench.history.text.map { $0 + "{\"event\":{\"time" })
        if !isDamaged { damaged.fail(with: FileError(operation: "open", code: EIO)) }
        try await Bench(history: damaged).run { engine in
            let problems = engine.store.snapshot.events.compactMap {
                if case .memoryProblem(let problem) = $0.kind { problem } else { nil }
            }
            #expect(problems.map(\.cause) == [isDamaged ? .damaged(lines: 1) : .unreadable(FileError(operation: "open", code: EIO))])
        }
    }

    @Test("no secret is in what is remembered")
    func secrets() async throws {
        let bench = try Bench()
        try await bench.run()
        let text = try #require(bench.history.text)
        for secret in ["access-0e2f", "refresh-77aa", SampleTokens.credentials.secret.reveal()] { #expect(!text.contains(secret)) }
    }

    // MARK: Curves

    /// Lets time pass, each time until the next curve may be asked for: eleven seconds after the request before.
    private func filled(_ bench: Bench, _ count: Int) async throws {
        for number in 1...count {
            try await bench.clock.sleeper(until: SampleStations.now(Double(number) * 11))
            #expect(bench.asked == number - 1)
            bench.clock.advance(by: .seconds(11))
            _ = try await until("curve \(number)", every: .milliseconds(1)) { bench.asked == number ? true : nil }
        }
    }

    @Test("the curves of the user's own modules are asked for once the first readings came, one in 11 s, and each once; then it is told")
    func fill() async throws {
        let bench = try Bench(charts: FakeMemory(), limits: .netatmo)
        let own = SampleStations.all.filter { !$0.isFavorite }.flatMap(\.historySubjects)
        #expect(own.count > 4)
        try await bench.run { engine in
            async let countWhenTold = waiting(for: "that all have come") {
                for await _ in engine.fills { break }
                return await engine.archive.histories.count
            }
            try await filled(bench, own.count)
            _ = try await until("all curves", every: .milliseconds(1)) { await engine.archive.histories.count == own.count ? true : nil }
            #expect(try await countWhenTold == own.count)
        }
        let asked = bench.netatmo.requests.filter { $0.path == Bench.getmeasure }
        #expect(asked.map { $0.form["module_id"]?.reveal() ?? $0.form["device_id"]?.reveal() } == own.map(\.id))
    }

    @Test("curves are there again at once, and NetAtmo is asked anew where more than an hour is missing", arguments: [60.0, 3500, 3700])
    func curves(pause: Double) async throws {
        let bench = try Bench(charts: FakeMemory(), limits: RequestLimits(all: []))
        let own = SampleStations.all.filter { !$0.isFavorite }.flatMap(\.historySubjects)
        try await bench.run { engine in
            _ = try await until("all curves", every: .milliseconds(1)) { await engine.archive.histories.count == own.count ? true : nil }
        }
        #expect(bench.asked == own.count)
        bench.clock.advance(by: .seconds(pause))
        try await bench.run { engine in
            _ = try await until("the curves", every: .milliseconds(1)) { await engine.archive.histories.count == own.count ? true : nil }
            if pause > 3600 {
                _ = try await until("new ones", every: .milliseconds(1)) { bench.asked == 2 * own.count ? true : nil }
            } else {
                // The readings have been taken, so that what is missing was looked for.
                _ = try await until("the readings' ends", every: .milliseconds(1)) {
                    await engine.archive.histories.allSatisfy { $0.completeUntil == bench.clock.now } ? true : nil
                }
                for _ in 0..<100 { await Task.yield() }
                #expect(bench.asked == own.count)
            }
        }
    }

    @Test("a chart that the user wants to see meanwhile is not told to be overtaken, and waits for no more than one answer")
    func wish() async throws {
        let bench = try Bench(charts: FakeMemory(), limits: .netatmo)
        let own = SampleStations.all.filter { !$0.isFavorite }.flatMap(\.historySubjects)
        let last = try #require(own.last)
        try await bench.run { engine in
            try await filled(bench, 2)
            let time = bench.clock.now
            #expect(try await engine.history(of: last).count == 3)
            #expect(bench.clock.now == time, "no time had to pass for it")
        }
    }

    @Test("a chart of what the account does not have asks nothing, before the first readings as after them")
    func unknownDevice() async throws {
        let bench = try Bench()
        let known = try #require(SampleStations.all.last?.historySubjects.last)
        let unknown = [
            HistorySubject(deviceID: "70:ee:50:00:00:77", moduleID: nil, measures: [.temperature]),
            HistorySubject(deviceID: known.deviceID, moduleID: "05:77", measures: [.temperature]),
            HistorySubject(deviceID: "70:ee:50:00:00:77", moduleID: known.moduleID, measures: known.measures),
        ]
        let early = bench.engine()
        await #expect(throws: HistoryError.unknownDevice) { try await early.history(of: known) }
        try await bench.run { engine in
            for subject in unknown { await #expect(throws: HistoryError.unknownDevice) { try await engine.history(of: subject) } }
            #expect(bench.asked == 0)
            for subject in SampleStations.all.flatMap(\.historySubjects) {
                let history = try await engine.history(of: subject)
                #expect(history.count == 3)
            }
        }
    }

    @Test("where no token is there, nothing is asked")
    func noToken() async throws {
        let bench = try Bench(charts: FakeMemory(), limits: .netatmo)
        bench.storage.replace(by: nil)
        let engine = bench.engine()
        try await engine.loadToken()
        try await running(engine.services.map(\.service)) { _ in
            engine.noteListening(port: 9210)
            for _ in 0..<200 { await Task.yield() }
        }
        #expect(bench.netatmo.requests.isEmpty)
    }
}
