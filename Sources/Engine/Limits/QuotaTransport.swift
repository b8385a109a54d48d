import FoundationEssentials
import Homes
import Netatmo
import Synchronization
import OperatingSystem

/// Lets requests to NetAtmo through as its limits allow, from whichever part they come (rate limiting by a sliding window). Where
/// readings wait for their turn, no history goes before them.
///
/// They are counted by the monotonic clock: by the time of day a jump forward would empty an hour that NetAtmo still counts.
final class QuotaTransport: NetatmoTransport {
    private let transport: any NetatmoTransport
    private let clock: any WallClock
    private struct State {
        var quota: RequestQuota
        /// How many requests for readings wait for their turn.
        var waitingReadings = 0
    }

    private let state: Mutex<State>
    /// Rings when one of those waits no more.
    private let turn = WakeUp()
    /// How long, in seconds, a history waits for that until it looks again.
    private static let courtesy: TimeInterval = 1
    private let onRequest: @Sendable () -> Void

    /// - Parameter onRequest: Called before a request is sent.
    init(_ transport: any NetatmoTransport, limits: RequestLimits, clock: any WallClock, onRequest: @escaping @Sendable () -> Void = {}) {
        self.transport = transport
        self.clock = clock
        state = Mutex(State(quota: RequestQuota(limits)))
        self.onRequest = onRequest
    }

    var requestsSent: Int { state.withLock { $0.quota.count } }

    /// What was asked so lately that it counts.
    var recentRequests: RecentRequests {
        RecentRequests(state.withLock { $0.quota.requests }, now: clock.now, uptime: clock.uptime)
    }

    /// Counts what runs of the program before this one asked.
    func restore(_ earlier: RecentRequests) {
        let requests = earlier.times(now: clock.now, uptime: clock.uptime)
        state.withLock { $0.quota.add(all: requests.all, data: requests.data) }
    }

    /// When a request for data may go that nobody waits for; `nil` where one may now.
    var spareTime: Date? {
        let now = Date(timeIntervalSinceReferenceDate: clock.uptime)
        let time = state.withLock { $0.quota.spareTime(at: now) }
        return time.map { clock.now.addingTimeInterval($0.timeIntervalSince(now)) }
    }

    /// Sends a request once it is within the limits; see `NetatmoTransport`.
    ///
    /// - Throws: `NetatmoError` of kind `heldBack` where that would take long.
    func send(_ request: NetatmoRequest) async throws(NetatmoError) -> NetatmoAnswer {
        try await pass(request.purpose)
        return try await transport.send(request)
    }

    private func pass(_ purpose: NetatmoRequest.Purpose) async throws(NetatmoError) {
        var isWaiting = false
        defer { if isWaiting { endWaiting() } }
        while true {
            guard !Task.isCancelled else { throw NetatmoError(.network, message: "cancelled") }
            let now = Date(timeIntervalSinceReferenceDate: clock.uptime)
            switch decide(purpose, at: now, isWaiting: &isWaiting) {
            case .go?: return onRequest()
            case .wait(let time)?:
                let deadline = clock.now.addingTimeInterval(time.timeIntervalSince(now))
                guard (try? await clock.sleep(until: deadline)) != nil else { throw NetatmoError(.network, message: "cancelled") }
            case nil: await turn.wait(until: clock.now.addingTimeInterval(Self.courtesy), on: clock)
            case .refuse(let time)?:
                throw NetatmoError(.heldBack, retryAfter: .seconds(time.timeIntervalSince(now)))
            }
        }
    }

    /// - Parameter isWaiting: Whether this is a request for readings that is counted as one that waits.
    /// - Returns: `nil` for a history or a part of an export that has to let readings go first.
    private func decide(_ purpose: NetatmoRequest.Purpose, at now: Date, isWaiting: inout Bool) -> RequestQuota.Decision? {
        state.withLock { state in
            if purpose == .history || purpose == .export, state.waitingReadings > 0 { return nil }
            let decision = state.quota.admit(purpose, at: now)
            if case .wait = decision, purpose == .data, !isWaiting {
                isWaiting = true
                state.waitingReadings += 1
            }
            return decision
        }
    }

    private func endWaiting() {
        state.withLock { $0.waitingReadings -= 1 }
        turn.ring()
    }
}
