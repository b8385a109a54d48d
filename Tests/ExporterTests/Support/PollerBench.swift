import Foundation
import Synchronization
import TestSupport

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

/// Access tokens that a test hands out.
final class FakeTokens: AccessTokenSource {
    private struct State {
        var current: Result<Secret, NoToken>
        var replacements: [Result<Secret, NoToken>] = []
        var refused: [Secret] = []
        var received = TokenCount()
        var status = TokenStatus()
    }

    private let state: Mutex<State>

    init(_ current: Result<Secret, NoToken>) {
        state = Mutex(State(current: current))
    }

    /// What was refused by NetAtmo, as the poller says.
    var refused: [Secret] { state.withLock { $0.refused } }
    var tokensReceived: TokenCount { state.withLock { $0.received } }
    var status: TokenStatus {
        get { state.withLock { $0.status } }
        set { state.withLock { $0.status = newValue } }
    }

    /// A new token came, by a renewal or because the user signed in.
    func receive(_ token: String, isSignIn: Bool = false) {
        state.withLock { state in
            state.current = .success(SampleTokens.secret(token))
            state.received.tokens += 1
            if isSignIn { state.received.signIns += 1 }
        }
    }

    /// The token is gone.
    func lose(_ error: NoToken) {
        state.withLock { $0.current = .failure(error) }
    }

    /// What comes in place of refused tokens, one after the other.
    func replace(by replacements: Result<Secret, NoToken>...) {
        state.withLock { $0.replacements += replacements }
    }

    func accessToken() async throws(NoToken) -> Secret {
        try state.withLock { $0.current }.get()
    }

    func accessToken(replacing refused: Secret) async throws(NoToken) -> Secret {
        let replacement = state.withLock { state -> Result<Secret, NoToken> in
            state.refused.append(refused)
            guard !state.replacements.isEmpty else { return .failure(.renewalFailed(NetatmoError(.unauthorized))) }
            let replacement = state.replacements.removeFirst()
            if case .success = replacement {
                state.current = replacement
                state.received.tokens += 1
            }
            return replacement
        }
        return try replacement.get()
    }
}

/// A poller between tokens, a clock and a NetAtmo that a test controls. It fetches every 8 minutes; waits have no jitter.
struct PollerBench: Sendable {
    let clock = ManualClock()
    let store = SnapshotStore()
    let transport = ScriptedTransport()
    let log = CollectedLog()
    let wakeUp = WakeUp()
    let tokens: FakeTokens
    let poller: StationPoller

    init(
        token: Result<Secret, NoToken> = .success(SampleTokens.secret("a1")), homeCoach: Bool = false, favorites: Bool = false,
        rules: [AlertRule] = [], earlier: [Event] = [], onAlerts: @escaping @Sendable ([ReadingAlert]) -> Void = { _ in }
    ) {
        tokens = FakeTokens(token)
        let events = EventLog(publisher: store, logger: log.logger)
        if !earlier.isEmpty { events.restore(earlier) }
        poller = StationPoller(
            source: StationsFetch(
                client: StationsClient(transport: transport), meter: APIMeter(publisher: store, clock: clock, events: events),
                favorites: favorites
            ),
            homeCoaches: homeCoach ? .known([]) : .unwanted,
            tokens: tokens, interval: .seconds(480), clock: clock, staleAge: .seconds(3600), publisher: store,
            events: events, wakeUp: wakeUp, random: { 0.5 },
            rules: rules, onAlerts: onAlerts
        )
        let works: TokenStatus.Possession = .token(expiry: .distantFuture, lifetime: 10_800, renewsAt: .distantFuture)
        if case .success = token { tokens.status = TokenStatus(possession: works) }
    }

    func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let watch = EventWatch(store)
        try await running([poller]) { _ in try await body() }
        await watch.check()
    }

    var data: DataStatus { store.snapshot.data }
    var events: [Event.Kind] { store.snapshot.events.map(\.kind) }

    /// Waits until the last try began so many seconds after the bench's start and is over.
    func attempt(at seconds: TimeInterval) async throws {
        try await store.first("a fetch after \(seconds) s") { snapshot in
            snapshot.data.lastAttempt?.time == SampleStations.now(seconds) && !snapshot.data.isFetching
        }
    }

    /// Waits until the last event is that one, which comes after the state that it is about.
    func told(_ kind: Event.Kind) async throws {
        try await store.first("\(kind)") { $0.events.last?.kind == kind }
    }

    /// Waits until the poller sleeps until so many seconds after the bench's start, and wakes it then.
    func wake(at seconds: TimeInterval) async throws {
        try await clock.sleeper(until: SampleStations.now(seconds))
        clock.set(to: SampleStations.now(seconds))
    }

    func comesToRest() async -> Bool {
        await Rest.comes(clock) { await poller.takeTurn() }
    }
}

extension StationPoller {
    fileprivate func takeTurn() {}
}
