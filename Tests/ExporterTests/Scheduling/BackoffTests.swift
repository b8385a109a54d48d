import Netatmo
import Testing

@testable import Exporter

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
            (.quota, 1, 3600), (.quota, 50, 3600), (.invalidClient, 1, 600), (.invalidClient, 50, 600), (.wrongScope, 1, 600),
            (.wrongScope, 50, 600),
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
        arguments: [(Duration.seconds(90), Duration.seconds(90)), (.seconds(1), .seconds(5)), (.seconds(86_400), .seconds(3600))]
    )
    func retryAfter(asked: Duration, expected: Duration) {
        #expect(backoff().delay(after: NetatmoError(.outage, retryAfter: asked), failures: 1) == expected)
    }
}
