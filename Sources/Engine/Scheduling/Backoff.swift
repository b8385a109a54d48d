import Homes
import Netatmo

/// How long to wait after a failure before the next try, by the kind of the failure.
///
/// | failure | wait |
/// |---|---|
/// | too many requests (429), busy (code 11) | 30 s, doubled each time, at most `longest` |
/// | quota used up (code 26) | an hour, never less |
/// | wrong client id or secret, wrong scope | ten minutes, since only the user can mend it |
/// | held back by ourselves | until there is room, at least 10 s |
/// | everything else | `first`, doubled each time, at most `longest` |
///
/// A fifth at random is taken off or put on, so that many programs do not come back in the same second; to the hour of the quota it
/// is only put on. `Retry-After` makes the wait longer, never shorter; a tenth at random comes on top of it, up to an hour in all.
struct Backoff: Sendable {
    let first: Duration
    let longest: Duration
    /// Gives a number from 0 up to 1.
    let random: @Sendable () -> Double

    /// The wait after a number of failures in a row, from 1, the last of which is given.
    func delay(after error: NetatmoError, failures: Int) -> Duration {
        let base = base(for: error.kind, failures: failures)
        let delay = error.kind == .quota ? base * (1 + 0.2 * random()) : jittered(base)
        return max(delay, error.retryAfter.map { askedFor($0, by: error.kind) } ?? .zero)
    }

    /// What NetAtmo asks for, which it may ask of many in the same second. Our own limits are this program's alone.
    private func askedFor(_ wait: Duration, by kind: NetatmoError.Kind) -> Duration {
        kind == .heldBack ? wait : max(wait, min(wait * (1 + 0.1 * random()), .seconds(3600)))
    }

    private func base(for kind: NetatmoError.Kind, failures: Int) -> Duration {
        switch kind {
        case .quota: .seconds(3600)
        case .invalidClient, .wrongScope: .seconds(600)
        case .heldBack: .seconds(10)
        case .busy, .rateLimited: doubled(.seconds(30), failures: failures)
        case .network, .certificate, .connectTimeout, .timeout, .unauthorized, .invalidGrant, .outage, .html, .truncated, .tooLarge,
            .invalidAnswer, .refused:
            doubled(first, failures: failures)
        }
    }

    private func doubled(_ duration: Duration, failures: Int) -> Duration {
        // The exponent is bounded before it is used, so that no number of failures overflows.
        min(duration * (1 << min(max(failures, 1) - 1, 16)), longest)
    }

    private func jittered(_ duration: Duration) -> Duration {
        duration * (0.8 + 0.4 * random())
    }
}
