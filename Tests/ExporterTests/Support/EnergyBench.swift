import Foundation
import TestSupport

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

/// A poller of Energy between tokens, a clock and a NetAtmo that a test controls. It asks every 8 minutes; waits have no jitter.
struct EnergyBench: Sendable {
    static let homesPath = "/api/homesdata"
    static let statusPath = "/api/homestatus"

    let clock = ManualClock()
    let store = SnapshotStore()
    let transport = ScriptedTransport()
    let wakeUp = WakeUp()
    let tokens = FakeTokens(.success(SampleTokens.secret("a1")))
    let poller: EnergyPoller

    /// - Parameter earlier: What a run before this one told.
    init(
        rules: [AlertRule] = [], names: RuleNames? = nil, earlier: [Event] = [],
        onAlerts: @escaping @Sendable ([ReadingAlert]) -> Void = { _ in }
    ) {
        let events = EventLog(publisher: store, logger: CollectedLog().logger)
        for event in earlier { events.record(event.kind, at: event.time) }
        poller = EnergyPoller(
            client: EnergyClient(transport: transport), meter: APIMeter(publisher: store, clock: clock, events: events), tokens: tokens,
            interval: .seconds(480), clock: clock, publisher: store, events: events, wakeUp: wakeUp, random: { 0.5 },
            rules: rules, names: names, onAlerts: onAlerts)
    }

    func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let watch = EventWatch(store)
        try await running([poller]) { _ in try await body() }
        await watch.check()
    }

    var energy: EnergyReadings { store.snapshot.energy ?? EnergyReadings() }
    var events: [Event.Kind] { store.snapshot.events.map(\.kind) }
    var paths: [String] { transport.requests.map(\.path) }

    /// Puts an answer of `homesdata` at the end of its script: homes of a valve and a room each.
    func homes(_ ids: String...) {
        let homes = ids.map { id in
            #"""
            {"id":"\#(id)","name":"Home \#(id)","rooms":[{"id":"r\#(id)","name":"Stue","module_ids":["v\#(id)"]}],
             "modules":[{"id":"v\#(id)","type":"NRV"}]}
            """#
        }
        transport.script(Self.homesPath, .status(200, #"{"body":{"homes":[\#(homes.joined(separator: ","))]}}"#))
    }

    /// Puts an answer of `homestatus` at the end of its script: how warm the room of a home is.
    func status(_ id: String, _ temperature: Double, more: String = "") {
        let room = #"{"id":"r\#(id)","therm_measured_temperature":\#(temperature),"therm_setpoint_temperature":21}"#
        let modules = #"[{"id":"v\#(id)","type":"NRV","reachable":true}\#(more)]"#
        transport.script(Self.statusPath, .status(200, #"{"body":{"home":{"id":"\#(id)","rooms":[\#(room)],"modules":\#(modules)}}}"#))
    }

    /// How warm the rooms are, by home.
    var temperatures: [Double?] { energy.homes.map { $0.rooms.first?.state?.temperature } }

    /// Waits until the last try began so many seconds after the bench's start, and what it asked for is told.
    func attempt(at seconds: TimeInterval) async throws {
        try await store.first("energy after \(seconds) s") { $0.energy?.lastAttempt?.time == SampleStations.now(seconds) }
    }

    /// Whether the poller does nothing any more before somebody wakes it.
    func comesToRest() async -> Bool {
        await Rest.comes(clock) { await poller.takeTurn() }
    }

    /// Waits until the poller sleeps until so many seconds after the bench's start, and wakes it then.
    func wake(at seconds: TimeInterval) async throws {
        try await clock.sleeper(until: SampleStations.now(seconds))
        clock.set(to: SampleStations.now(seconds))
    }
}

extension EnergyPoller {
    fileprivate func takeTurn() {}
}
