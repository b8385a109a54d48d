import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo

@Suite("Waits after failures")
struct BackoffTests {
    private func backoff(first: Duration = .seconds(5), longest: Duration = .seconds(300), random: Double = 0.5) -> Backoff {
        Backoff(first: first, longest: longest, random: { random })
    }

    @Test(
        "The wait goes by the kind of the failure and how many there were in a row",
        arguments: [
            (NetatmoError.Kind.outage, 1, 5), (.outage, 2, 10), (.outage, 3, 20), (.outage, 6, 160), (.outage, 7, 300),
            (.outage, 1000, 300), (.outage, Int.max, 300), (.network, 0, 5), (.timeout, 4, 40), (.invalidAnswer, 2, 10),
            (.connectTimeout, 3, 20), (.html, 2, 10), (.truncated, 1, 5), (.tooLarge, 4, 40), (.unauthorized, 1, 5), (.refused, 1, 5),
            (.busy, 1, 30), (.rateLimited, 1, 30), (.rateLimited, 3, 120), (.rateLimited, 9, 300), (.busy, 2, 60), (.busy, 9, 300),
            (.invalidClient, 1, 600), (.invalidClient, 50, 600), (.wrongScope, 1, 600), (.wrongScope, 50, 600),
        ]
    )
    func table(kind: NetatmoError.Kind, failures: Int, seconds: Int) {
        #expect(backoff().delay(after: NetatmoError(kind), failures: failures) == .seconds(seconds))
    }

    @Test("At most a fifth is taken off or put on", arguments: [(0.0, 8.0), (0.25, 9), (0.5, 10), (0.75, 11), (1, 12)])
    func jitter(random: Double, seconds: Double) {
        let delay = backoff(random: random).delay(after: NetatmoError(.outage), failures: 2)
        #expect(abs(delay / .seconds(1) - seconds) < 1e-9)
    }

    @Test(
        "Retry-After makes the wait longer, never shorter",
        arguments: [(Duration.seconds(90), Duration.seconds(90)), (.seconds(1), .seconds(4)), (.seconds(86_400), .seconds(3600))]
    )
    func retryAfter(asked: Duration, expected: Duration) {
        #expect(backoff(random: 0).delay(after: NetatmoError(.outage, retryAfter: asked), failures: 1) == expected)
    }

    @Test("To the hour of a quota a fifth at most is put on, and nothing taken off", arguments: [(0.0, 3600.0), (0.5, 3960), (1, 4320)])
    func quota(random: Double, seconds: Double) {
        for failures in [1, 3, 50] {
            let delay = backoff(random: random).delay(after: NetatmoError(.quota), failures: failures)
            #expect(abs(delay / .seconds(1) - seconds) < 1e-6)
            #expect(delay >= .seconds(3600))
        }
    }

    @Test(
        "On top of Retry-After comes a tenth at most, up to an hour in all",
        arguments: [
            (0.0, 600, 600.0), (0.5, 600, 630), (1, 600, 660), (0, 3500, 3500), (1, 3500, 3600), (0, 3600, 3600), (1, 3600, 3600),
            (1, 86_400, 3600),
        ]
    )
    func jitterOnRetryAfter(random: Double, asked: Int, seconds: Double) {
        let error = NetatmoError(.rateLimited, retryAfter: .seconds(asked))
        let delay = backoff(random: random).delay(after: error, failures: 1)
        #expect(abs(delay / .seconds(1) - seconds) < 1e-6)
        #expect(delay >= min(.seconds(asked), .seconds(3600)), "never sooner")
    }

    @Test("A quota whose Retry-After is short waits the hour, and our own limits need no jitter")
    func quotaAndOwnLimits() {
        #expect(backoff(random: 0).delay(after: NetatmoError(.quota, retryAfter: .seconds(5)), failures: 1) == .seconds(3600))
        #expect(backoff(random: 1).delay(after: NetatmoError(.heldBack, retryAfter: .seconds(600)), failures: 1) == .seconds(600))
    }
}
