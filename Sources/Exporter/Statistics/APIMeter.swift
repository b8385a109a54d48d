import FoundationEssentials
import Netatmo
import System

/// Counts the requests to NetAtmo and measures how long they take.
struct APIMeter: Sendable {
    let store: SnapshotStore
    let clock: any WallClock
    let events: EventLog

    /// The longest time, in seconds, that is believed: no request takes more than 30 s, but a clock may be set meanwhile.
    private static let longest = 60.0

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

    /// Notes that a refresh token was exchanged, or refused.
    func noteRefresh(_ result: RequestResult) {
        store.update { $0.api.addRefresh(result) }
    }

    private func note(_ result: RequestResult, of endpoint: APIEndpoint, since start: Date) {
        let seconds = min(max(0, clock.now.timeIntervalSince(start)), Self.longest)
        store.update { $0.api.add(result, to: endpoint, seconds: seconds) }
        events.debug("api \(endpoint.rawValue): \(result.label) after \(Int((seconds * 1000).rounded())) ms")
    }
}
