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
        let storage: MemoryTokenStorage
        let netatmo = ScriptedTransport { _ throws(NetatmoError) in NetatmoAnswer(status: 200, body: Array(SampleStations.json.utf8)) }

        init(history: FakeMemory = FakeMemory()) throws {
            self.history = history
            storage = MemoryTokenStorage(
                try SampleTokens.file(access: "access-0e2f", refresh: "refresh-77aa", expiry: SampleStations.now(86_400)))
        }

        func engine() -> ExporterEngine {
            let configuration = ExporterConfiguration(
                address: ListenAddress(host: "127.0.0.1", port: 0), externalURL: nil, apiURL: "http://127.0.0.1:1",
                credentials: SampleTokens.credentials, refreshInterval: .seconds(480), staleAge: .seconds(3600), debugHandlers: false,
                renewExpired: false, requestLimits: RequestLimits(all: [.init(count: 20, seconds: 3600)]),
                build: BuildInformation(version: "1", commit: "a")
            )
            return ExporterEngine(
                configuration: configuration, storage: storage, transport: netatmo, memory: MemoryStorages(history: history), clock: clock,
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
}
