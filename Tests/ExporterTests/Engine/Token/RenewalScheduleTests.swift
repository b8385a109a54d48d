import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo

@Suite("When a token is renewed")
struct RenewalScheduleTests {
    @Test(
        "In the last tenth of its life, at most 10 minutes and at least 10 s before its end",
        arguments: [
            ("3 h", 10_800.0, 600.0), ("30 days", 2_592_000, 600), ("1 h", 3600, 360), ("100 s", 100, 10), ("60 s", 60, 10),
            ("20 s", 20, 10), ("6000 s", 6000, 600), ("150 s", 150, 15),
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

    @Test("One that lives less than 20 s is renewed 10 s after it came", arguments: [0.001, 1, 9.5, 10, 19.9, 20])
    func short(lifetime: TimeInterval) {
        let time = RenewalSchedule.renewalTime(expiry: SampleStations.now(lifetime), lifetime: lifetime)
        #expect(abs(time.timeIntervalSince(SampleStations.now(10))) < 0.000_001)
    }

    @Test(
        "However short the lives are that NetAtmo gives, an hour has at most 360 renewals, ten seconds apart",
        arguments: Array(1...20).map { "\($0)" } + ["0", "-1", "0.5", "1e-300", "1e300", "315360000", #""0x10""#])
    func renewalsInAnHour(lifetime: String) async throws {
        let answer = #"{"access_token":"a2","refresh_token":"r2","expires_in":\#(lifetime)}"#
        let bench = TokenBench(try SampleTokens.file(refresh: "r1")) { _ in NetatmoAnswer(status: 200, body: Array(answer.utf8)) }
        let end = SampleStations.now(3600)
        try await bench.run {
            while true {
                try await bench.clock.sleepers(atLeast: 1)
                guard let next = bench.clock.deadlines.first, next < end else { return }
                bench.clock.set(to: next)
            }
        }
        let count = bench.transport.tokenRequests.count
        #expect(count <= 360, "\(count) renewals in an hour")
        if let seconds = Int(lifetime), (1...20).contains(seconds) { #expect(count == 360) } else { #expect(count == 1) }
    }
}
