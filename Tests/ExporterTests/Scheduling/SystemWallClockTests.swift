import Foundation
import Testing
import TestSupport

@testable import Exporter

@Suite("The system's clock")
struct SystemWallClockTests {
    @Test("Its time is the system's, and a time in the past needs no sleep")
    func past() async throws {
        let clock = SystemWallClock()
        let before = Date()
        #expect(clock.now >= before)
        try await clock.sleep(until: before)
    }

    @Test("A cancelled sleep throws")
    func cancellation() async {
        let sleeper = Task { try await SystemWallClock().sleep(until: .distantFuture) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    @Test(
        "It was set back where it shows an earlier time, but for a time server's few seconds",
        arguments: [(5.0, false), (0, false), (-4, false), (-6, true), (-3600, true), (86_400, false)]
    )
    func setBack(seconds: TimeInterval, expected: Bool) {
        let before = SampleStations.now
        #expect(SystemWallClock.wasSetBack(from: before, to: before.addingTimeInterval(seconds)) == expected)
    }
}
