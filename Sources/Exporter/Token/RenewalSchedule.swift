import FoundationEssentials

/// When a token is renewed: in the last tenth of its lifetime, at most 10 minutes and at least 10 s before its end, so
/// that several tries fit in before it dies. A token that lives less than 20 s is renewed at half its life.
enum RenewalSchedule {
    /// - Parameters:
    ///   - expiry: When the token stops working.
    ///   - lifetime: How long it lives in all, in seconds.
    static func renewalTime(expiry: Date, lifetime: TimeInterval) -> Date {
        let margin = min(max(lifetime / 10, 10), 600)
        return expiry.addingTimeInterval(-min(margin, lifetime / 2))
    }

    /// The lifetime that a token from the file is taken to have, in seconds: NetAtmo's usual 3 hours, since the file does not
    /// tell; longer where the expiry is further away than that.
    static func lifetime(ofTokenExpiringAt expiry: Date, readAt now: Date) -> TimeInterval {
        max(expiry.timeIntervalSince(now), 10_800)
    }
}
