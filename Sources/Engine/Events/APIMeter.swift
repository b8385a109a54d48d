import EngineAPI
import FoundationEssentials
import Homes
import Netatmo
import Synchronization
import OperatingSystem

/// The one owner of the statistics of requests to NetAtmo: counts them and measures how long they take.
final class APIMeter: Sendable {
    private let statistics = Mutex(APIStatistics())
    private let publisher: any SnapshotPublisher
    private let clock: any WallClock
    private let events: EventLog

    /// The longest time, in seconds, that is believed: no request takes more than 30 s, but a clock may be set meanwhile.
    private static let longest = 60.0

    init(publisher: any SnapshotPublisher, clock: any WallClock, events: EventLog) {
        self.publisher = publisher
        self.clock = clock
        self.events = events
    }

    var all: APIStatistics { statistics.withLock { $0 } }

    /// Carries out a request and notes how it ended. One that was cancelled or held back says nothing about NetAtmo.
    func measure<Answer>(
        _ endpoint: APIEndpoint, _ request: () async throws(NetatmoError) -> Answer
    ) async throws(NetatmoError) -> Answer {
        let start = clock.now
        do {
            let answer = try await request()
            note(.ok, of: endpoint, since: start)
            return answer
        } catch {
            if !Task.isCancelled, error.kind != .heldBack { note(.failed(error.kind), of: endpoint, since: start) }
            throw error
        }
    }

    func noteRefresh(_ result: RequestResult) {
        change { $0.addRefresh(result) }
    }

    private func note(_ result: RequestResult, of endpoint: APIEndpoint, since start: Date) {
        let seconds = min(max(0, clock.now.timeIntervalSince(start)), Self.longest)
        change { $0.add(result, to: endpoint, seconds: seconds) }
        events.debug("api \(endpoint.rawValue): \(result.label) after \(Int((seconds * 1000).rounded())) ms")
    }

    /// Goes on from what runs before this one counted. To be called before anything is counted.
    func restore(_ earlier: APIStatistics) {
        change { $0 = earlier }
    }

    private func change(_ change: (inout APIStatistics) -> Void) {
        // Published under the lock: no counter ever goes back.
        statistics.withLock { statistics in
            change(&statistics)
            publisher.publish(statistics)
        }
    }
}
