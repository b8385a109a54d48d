import Foundation
import ServiceLifecycle
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("Curves of rooms")
struct RoomRestartTests {
    private static let home = #"""
        {"id":"h1","name":"Fjord","rooms":[{"id":"1","name":"Stue","module_ids":["04:1"]}],
         "modules":[{"id":"70:1","type":"NAPlug"},{"id":"04:1","type":"NATherm1","bridge":"70:1","room_id":"1"}]}
        """#
    private static let status = #"""
        {"id":"h1","rooms":[{"id":"1","therm_measured_temperature":20.4,"therm_setpoint_temperature":21}],
         "modules":[{"id":"04:1","type":"NATherm1","bridge":"70:1","reachable":true,"boiler_status":true}]}
        """#

    private static func body(of path: String) -> String {
        switch path {
        case "/api/homesdata": #"{"body":{"homes":[\#(home)]}}"#
        case "/api/homestatus": #"{"body":{"home":\#(status)}}"#
        case "/api/getroommeasure": #"{"body":[{"beg_time":1795440600,"step_time":1800,"value":[[20.1,21],[20.2,21]]}]}"#
        case "/api/getmeasure": #"{"body":[{"beg_time":1795440600,"step_time":300,"value":[[21.4],[21.5]]}]}"#
        default: SampleStations.json
        }
    }

    private let clock = ManualClock()
    private let charts = FakeMemory()
    private let netatmo = ScriptedTransport { request throws(NetatmoError) in
        NetatmoAnswer(status: 200, body: Array(Self.body(of: request.path).utf8))
    }
    /// How many modules of the user's own have a curve.
    private let modules = SampleStations.all.filter { !$0.isFavorite }.flatMap(\.historySubjects).count

    private func engine() throws -> ExporterEngine {
        let configuration = ExporterConfiguration(
            address: ListenAddress(host: "127.0.0.1", port: 0), externalURL: nil, apiURL: "http://127.0.0.1:1",
            credentials: SampleTokens.credentials, refreshInterval: .seconds(480), staleAge: .seconds(3600), debugHandlers: false,
            renewExpired: false, energy: true, requestLimits: RequestLimits(all: []), build: BuildInformation(version: "1", commit: "a"))
        let storage = MemoryTokenStorage(
            try SampleTokens.file(access: "access-0e2f", refresh: "refresh-77aa", expiry: SampleStations.now(86_400)))
        return ExporterEngine(
            configuration: configuration, storage: storage, transport: netatmo,
            memory: MemoryStorages(history: FakeMemory(), charts: charts),
            clock: clock, randomness: Randomness(fraction: { 0.5 }, bytes: Randomness.system.bytes), fileLooks: AsyncStream { _ in },
            logger: CollectedLog().logger)
    }

    private func run(_ body: @escaping @Sendable (ExporterEngine) async throws -> Void) async throws {
        let engine = try engine()
        try await engine.loadToken()
        try await running(engine.services.map(\.service)) { _ in
            engine.noteListening(port: 9210)
            let count = modules + 2
            _ = try await until("all curves", every: .milliseconds(1)) { await engine.archive.histories.count == count ? true : nil }
            try await body(engine)
        }
    }

    private func asked(_ path: String) -> Int { netatmo.requests.count { $0.path == path } }

    @Test("are filled beside the modules' and there again after a restart; the readings since are at their ends")
    func restart() async throws {
        try await run { _ in }
        #expect(asked("/api/getroommeasure") == 1 && asked("/api/getmeasure") == modules + 1, "and that of the boiler")
        clock.advance(by: .seconds(600))
        try await run { [clock] engine in
            let room = try await until("the room's reading", every: .milliseconds(1)) {
                await engine.archive.histories.first { $0.subject.kind == .room && $0.completeUntil == clock.now }
            }
            #expect(room.history.count == 3 && room.history.latest == clock.now)
            #expect(room.subject == HistorySubject(room: "1", ofHome: "h1", measures: [.temperature, .setpoint]))
            for _ in 0..<100 { await Task.yield() }
            #expect(await engine.keptHistories()["1"]?.latest == clock.now)
        }
        #expect(asked("/api/getroommeasure") == 1 && asked("/api/getmeasure") == modules + 1)
    }

    @Test("are asked for anew where more than an hour is missing")
    func gap() async throws {
        try await run { _ in }
        clock.advance(by: .seconds(3700))
        try await run { engine in
            _ = try await until("new ones", every: .milliseconds(1)) {
                asked("/api/getroommeasure") == 2 && asked("/api/getmeasure") == 2 * (modules + 1) ? true : nil
            }
        }
    }

    @Test("readings of rooms are new readings, and each of them is told once")
    func newReadings() async throws {
        try await waiting(for: "each of the readings") {
            let store = SnapshotStore()
            var data = DataStatus()
            data.fetchedAt = SampleStations.now
            store.publish(data)
            var readings = store.newReadings().makeAsyncIterator()
            #expect(await readings.next()?.energy == nil)
            var energy = EnergyReadings()
            store.publish(energy)
            energy.fetchedAt = SampleStations.now(1)
            store.publish(energy)
            #expect(await readings.next()?.energy?.fetchedAt == SampleStations.now(1))
            energy.nextFetch = SampleStations.now(100)
            store.publish(energy)
            data.fetchedAt = SampleStations.now(2)
            store.publish(data)
            #expect(await readings.next()?.data.fetchedAt == SampleStations.now(2))
            energy = EnergyReadings()
            store.publish(energy)
            energy.fetchedAt = SampleStations.now(3)
            store.publish(energy)
            #expect(await readings.next()?.energy?.fetchedAt == SampleStations.now(3))
        }
    }
}
