import Foundation
import TestSupport
import Testing

@testable import OperatingSystem

@Suite("A clock that shows another time")
struct ShiftedWallClockTests {
    private let base = ManualClock()
    private let shown = Date(timeIntervalSince1970: 1_000_000)

    @Test("shows it at first, and runs as fast as the clock behind it")
    func runs() {
        let clock = ShiftedWallClock(showing: shown, base: base)
        #expect(clock.now == shown)
        base.advance(by: .seconds(90))
        #expect(clock.now == shown + 90)
    }

    @Test("sleeps until its own time")
    func sleeps() async throws {
        let clock = ShiftedWallClock(showing: shown, base: base)
        let sleeper = Task { try await clock.sleep(until: shown + 10) }
        try await base.sleeper(until: base.now + 10)
        base.advance(by: .seconds(10))
        try await sleeper.value
        #expect(clock.now == shown + 10)
    }
}
