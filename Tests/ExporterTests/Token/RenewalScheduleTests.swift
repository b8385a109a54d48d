import Foundation
import Testing
import TestSupport

@testable import Exporter

@Suite("When a token is renewed")
struct RenewalScheduleTests {
    @Test(
        "In the last tenth of its life, at most 10 minutes and at least 10 s before its end, but never before half of it",
        arguments: [
            ("3 h", 10_800.0, 600.0), ("30 days", 2_592_000, 600), ("1 h", 3600, 360), ("100 s", 100, 10), ("60 s", 60, 10),
            ("20 s", 20, 10), ("2 s", 2, 1), ("6000 s", 6000, 600), ("150 s", 150, 15),
        ]
    )
    func margin(name: String, lifetime: TimeInterval, seconds: TimeInterval) {
        let expiry = SampleStations.now(lifetime)
        #expect(RenewalSchedule.renewalTime(expiry: expiry, lifetime: lifetime) == expiry.addingTimeInterval(-seconds))
    }

    @Test(
        "A token from the file lives 3 h in all, or longer where its expiry is further away",
        arguments: [(60.0, 10_800.0), (20_000, 20_000)])
    func lifetimeFromFile(rest: TimeInterval, lifetime: TimeInterval) {
        #expect(RenewalSchedule.lifetime(ofTokenExpiringAt: SampleStations.now(rest), readAt: SampleStations.now) == lifetime)
    }
}
