import Foundation
import ServiceLifecycle
import TestSupport

@testable import Engine
@testable import EngineAPI
@testable import Netatmo

/// A token keeper between a clock, a file and a NetAtmo that a test controls. Waits have no jitter.
struct TokenBench: Sendable {
    let clock = ManualClock()
    let journal = Journal()
    let store = SnapshotStore()
    let log = CollectedLog()
    let storage: MemoryTokenStorage
    let transport: ScriptedTransport
    let keeper: TokenKeeper

    init(
        _ file: TokenAttributes?, unfinished: TokenAttributes? = nil, previous: TokenAttributes? = nil,
        otherwise: ScriptedTransport.Responder? = nil
    ) {
        let journal = journal
        storage = MemoryTokenStorage(file, unfinished: unfinished, previous: previous, journal: journal)
        transport = otherwise.map { ScriptedTransport(journal: journal, otherwise: $0) } ?? ScriptedTransport(journal: journal)
        let events = EventLog(publisher: store, logger: log.logger)
        keeper = TokenKeeper(
            file: storage, oauth: OAuthClient(baseURL: "https://netatmo.test", credentials: SampleTokens.credentials, transport: transport),
            meter: APIMeter(publisher: store, clock: clock, events: events), clock: clock, publisher: store, events: events,
            random: { 0.5 }, onNewToken: { journal.note("use") }
        )
    }

    /// A keeper of a token `a1`, `r1` that expires after so many seconds.
    init(expiringAfter seconds: TimeInterval, refresh: String? = "r1") throws {
        self.init(try SampleTokens.file(access: "a1", refresh: refresh, expiry: SampleStations.now(seconds)))
    }

    /// Reads the file and runs the keeper while `body` does.
    func run(renewExpired: Bool = false, _ body: @escaping @Sendable () async throws -> Void) async throws {
        let watch = EventWatch(store)
        try await keeper.load(renewExpired: renewExpired)
        try await running([keeper]) { _ in try await body() }
        await watch.check()
    }

    var state: TokenStatus.State { store.snapshot.token.state(at: clock.now) }
    var status: TokenStatus { store.snapshot.token }
    var events: [Event.Kind] { store.snapshot.events.map(\.kind) }

    /// Waits until the keeper sleeps, and moves the clock to when it wants to wake.
    @discardableResult
    func sleepThrough() async throws -> Date {
        try await clock.wakeNext()
    }

    /// Moves the clock on, from one time that the keeper wants to wake at to the next, until a snapshot is as wanted.
    func sleepThrough(until what: String, where isWanted: @escaping @Sendable (Snapshot) -> Bool) async throws {
        let sleeper = Task { [clock, store] in try await clock.wakeSleepers { isWanted(store.snapshot) } }
        defer { sleeper.cancel() }
        try await store.first(what, where: isWanted)
    }

    /// Moves the clock through the waits between the tries after `invalid_grant`; the first of them was just now.
    func refuseForGood() async throws {
        for seconds in [10.0, 45, 120] {
            try await clock.sleeper(until: SampleStations.now(seconds))
            clock.set(to: SampleStations.now(seconds))
        }
    }

    /// Waits for a token that expires so many seconds after the bench's start.
    func token(expiringAfter seconds: TimeInterval) async throws {
        try await store.first("a token that expires after \(seconds) s") { snapshot in
            snapshot.token.expiry == SampleStations.now(seconds) && snapshot.token.renewal == .idle
        }
    }

    /// Whether the keeper comes to rest. A loop that spins never does.
    func comesToRest() async -> Bool {
        await Rest.comes(clock) { _ = await keeper.tokensReceived }
    }
}

enum Rest {
    /// Whether nobody looks at the clock any more, in between turns of an actor.
    static func comes(_ clock: ManualClock, turn: () async -> Void) async -> Bool {
        for _ in 0..<1000 {
            let reads = clock.reads
            for _ in 0..<20 { await turn() }
            if clock.reads == reads { return true }
        }
        return false
    }
}
