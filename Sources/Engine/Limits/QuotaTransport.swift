import FoundationEssentials
import Homes
import Netatmo
import Synchronization
import OperatingSystem

/// Lets requests to NetAtmo through as its limits allow, from whichever part they come (rate limiting by a sliding window).
///
/// They are counted by the monotonic clock: by the time of day a jump forward would empty an hour that NetAtmo still counts.
final class QuotaTransport: NetatmoTransport {
    private let transport: any NetatmoTransport
    private let clock: any WallClock
    private let quota: Mutex<RequestQuota>
    private let onRequest: @Sendable () -> Void

    /// - Parameter onRequest: Called before a request is sent.
    init(_ transport: any NetatmoTransport, limits: RequestLimits, clock: any WallClock, onRequest: @escaping @Sendable () -> Void = {}) {
        self.transport = transport
        self.clock = clock
        quota = Mutex(RequestQuota(limits))
        self.onRequest = onRequest
    }

    var requestsSent: Int { quota.withLock { $0.count } }

    /// What was asked so lately that it counts.
    var recentRequests: RecentRequests {
        RecentRequests(quota.withLock { $0.requests }, now: clock.now, uptime: clock.uptime)
    }

    /// Counts what runs of the program before this one asked.
    func restore(_ earlier: RecentRequests) {
        let requests = earlier.times(now: clock.now, uptime: clock.uptime)
        quota.withLock { $0.add(all: requests.all, data: requests.data) }
    }

    /// When a request for data may go that nobody waits for; `nil` where one may now.
    var spareTime: Date? {
        let now = Date(timeIntervalSinceReferenceDate: clock.uptime)
        let time = quota.withLock { $0.spareTime(at: now) }
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
        while true {
            let now = Date(timeIntervalSinceReferenceDate: clock.uptime)
            switch quota.withLock({ $0.admit(purpose, at: now) }) {
            case .go: return onRequest()
            case .wait(let time):
                let deadline = clock.now.addingTimeInterval(time.timeIntervalSince(now))
                guard (try? await clock.sleep(until: deadline)) != nil else { throw NetatmoError(.network, message: "cancelled") }
            case .refuse(let time):
                throw NetatmoError(.heldBack, retryAfter: .seconds(time.timeIntervalSince(now)))
            }
        }
    }
}
