import Dispatch
import Homes
import NIOCore
import NIOPosix
import ServiceLifecycle
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Server

/// What hangs in a way that no cancellation ends, as a disk does.
private struct Hang: Sendable {
    let began = Gate()
    private let end = DispatchSemaphore(value: 0)

    func hang() {
        began.open()
        end.wait()
    }

    func mend() { end.signal() }
}

extension TokenKeeper {
    fileprivate func hang(in hang: Hang) { hang.hang() }
}

extension StationPoller {
    fileprivate func hang(in hang: Hang) { hang.hang() }
}

@Suite("The turns by which the exporter is known to work")
struct TurnTests {
    private func engine(_ transport: ScriptedTransport) throws -> ExporterEngine {
        let configuration = ExporterConfiguration(
            address: ListenAddress(host: "127.0.0.1", port: 0), externalURL: nil, apiURL: "http://127.0.0.1:1",
            credentials: SampleTokens.credentials, refreshInterval: .seconds(480), staleAge: .seconds(3600), debugHandlers: false,
            renewExpired: false, build: BuildInformation(version: "1.2.3", commit: "abc1234"))
        return ExporterEngine(
            configuration: configuration, storage: try MemoryTokenStorage(json: #"{"refresh_token":"a"}"#), transport: transport,
            clock: ManualClock(), logger: CollectedLog().logger)
    }

    @Test("come while NetAtmo does not answer a request")
    func stuckRequest() async throws {
        let answer = Gate()
        let engine = try engine(
            ScriptedTransport { _ throws(NetatmoError) in
                try? await answer.pass()
                throw NetatmoError(.network, message: "gone")
            })
        try await engine.loadToken()
        try await running(engine.services.map(\.service)) { _ in
            engine.noteListening(port: 1)
            try await engine.store.first("the request") { if case .underWay = $0.token.renewal { true } else { false } }
            try await waiting(for: "the turns") { await engine.takeTurns() }
            answer.open()
        }
    }

    enum Part: CaseIterable { case keeper, poller }

    @Test("don't come while the part that keeps the token hangs, or the one that fetches the readings", arguments: Part.allCases)
    func hang(_ part: Part) async throws {
        let engine = try engine(ScriptedTransport())
        try await withHang { hang in
            switch part {
            case .keeper: await engine.keeper.hang(in: hang)
            case .poller: await engine.poller.hang(in: hang)
            }
        } turns: {
            await engine.takeTurns()
        } others: {
            switch part {
            case .keeper: await engine.poller.takeTurn()
            case .poller: await engine.keeper.takeTurn()
            }
        }
    }

    @Test("don't come while a thread hangs on which connections are answered")
    func eventLoop() async throws {
        // Its own: other tests need the one that all share.
        let eventLoops = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let last = try #require(Array(eventLoops.makeIterator()).last)
        try await withHang { hang in
            try? await last.submit { hang.hang() }.get()
        } turns: {
            await ExporterService.takeTurns(of: eventLoops)
        } others: {
        }
        try await eventLoops.shutdownGracefully()
    }

    /// Lets something hang, and sees that turns are over after that alone.
    private func withHang(
        _ work: @escaping @Sendable (Hang) async -> Void, turns: @escaping @Sendable () async -> Void,
        others: @escaping @Sendable () async -> Void
    ) async throws {
        let (hang, journal) = (Hang(), Journal())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await work(hang) }
            group.addTask {
                try await hang.began.pass()
                await turns()
                journal.note("turns")
            }
            try await hang.began.pass()
            // Time enough for those that don't wait for what hangs.
            for _ in 0..<5 {
                await others()
                await Task.yield()
            }
            journal.note("mended")
            hang.mend()
            try await group.waitForAll()
        }
        #expect(journal.entries == ["mended", "turns"])
    }
}
