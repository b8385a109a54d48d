import EngineAPI
import FoundationEssentials
import Homes
import Netatmo
import OperatingSystem

/// Asks NetAtmo for the past a page at a time, for an export of much of it. Nothing of that is kept, so that it drives no chart's
/// history out of the archive.
struct HistoryPages: Sendable {
    private let client: StationsClient
    private let tokens: any AccessTokenSource
    private let meter: APIMeter
    private let clock: any WallClock
    private let backoff: Backoff

    /// - Parameter random: Gives a number from 0 up to 1, for the jitter of waits.
    init(
        client: StationsClient, tokens: any AccessTokenSource, meter: APIMeter, clock: any WallClock,
        random: @escaping @Sendable () -> Double
    ) {
        self.client = client
        self.tokens = tokens
        self.meter = meter
        self.clock = clock
        backoff = Backoff(first: .seconds(30), longest: .seconds(1800), random: random)
    }

    /// What was measured from one time to another, both included: the first 1024 times of it at most.
    ///
    /// - Throws: `HistoryError`; when to ask again is told as after a first failure, since whoever asks knows how many there were.
    func page(of subject: HistorySubject, from start: Date, to end: Date) async throws(HistoryError) -> MeasureHistory {
        do {
            return try await tokens.authorized { token async throws(NetatmoError) in
                try await meter.measure(subject.endpoint) { () async throws(NetatmoError) in
                    try await client.history(of: subject, since: start, until: end, for: .export, accessToken: token)
                }
            }
        } catch {
            switch error {
            case .netatmo(let error):
                throw .failed(error, next: clock.now.addingTimeInterval(backoff.delay(after: error, failures: 1) / .seconds(1)))
            case .noToken: throw .noToken
            case .cancelled: throw .cancelled
            }
        }
    }
}
