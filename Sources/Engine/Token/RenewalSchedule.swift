import FoundationEssentials

/// When a token is renewed: in the last tenth of its lifetime, at most 10 minutes and at least 10 s before its end, so
/// that several tries fit in before it dies. One that lives less than 20 s is renewed 10 s after it came, even where it has
/// expired by then: more often than that would use up the requests that NetAtmo allows.
enum RenewalSchedule {
    /// - Parameter lifetime: How long the token lives in all, in seconds.
    static func renewalTime(expiry: Date, lifetime: TimeInterval) -> Date {
        let margin = min(max(lifetime / 10, 10), 600)
        return expiry.addingTimeInterval(max(-margin, shortest - lifetime))
    }

    /// The shortest time from one renewal to the next, in seconds.
    private static let shortest: TimeInterval = 10

    /// The lifetime that a token from the file is taken to have, in seconds: NetAtmo's usual 3 hours, since the file does not
    /// tell; longer where the expiry is further away than that.
    static func lifetime(ofTokenExpiringAt expiry: Date?, readAt now: Date) -> TimeInterval {
        max(expiry?.timeIntervalSince(now) ?? 0, 10_800)
    }
}
