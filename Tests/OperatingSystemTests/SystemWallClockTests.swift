import Foundation
import Synchronization
import TestSupport
import Testing

@testable import OperatingSystem

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

    /// A clock whose hands a test moves, and whose pauses last until they are cut short.
    private final class Hands: Sendable {
        private let time = Mutex(SampleStations.now)
        private let uptime = Mutex<TimeInterval>(0)
        let hasPaused = Gate()

        func turn(by seconds: TimeInterval) {
            time.withLock { $0 += seconds }
        }

        func pass(_ seconds: TimeInterval) {
            turn(by: seconds)
            uptime.withLock { $0 += seconds }
        }

        var clock: SystemWallClock {
            SystemWallClock(time: { self.time.withLock { $0 } }, monotonicTime: { self.uptime.withLock { $0 } }) { _ in
                self.hasPaused.open()
                try await Task.sleep(for: .seconds(3600))
            }
        }
    }

    @Test(
        "Set back, then woken by a bell before it looked at the time: the set-back is noticed",
        arguments: [(-7200.0, WakeUp.Reason.clockWasSetBack), (-6, .clockWasSetBack), (-4, .rung), (0, .rung), (60, .rung)]
    )
    func setBackBeforeRing(seconds: TimeInterval, reason: WakeUp.Reason) async throws {
        let (hands, bell) = (Hands(), WakeUp())
        let waiter = Task { await bell.wait(until: SampleStations.now(480), on: hands.clock) }
        try await hands.hasPaused.pass()
        hands.turn(by: seconds)
        bell.ring()
        #expect(await waiter.value == reason)
    }

    @Test(
        "Set back by less than what has passed since it looked: that is noticed too",
        arguments: [(50.0, -30.0, WakeUp.Reason.clockWasSetBack), (50, -6, .clockWasSetBack), (50, -4, .rung), (50, 0, .rung)]
    )
    func setBackLater(passed: TimeInterval, seconds: TimeInterval, reason: WakeUp.Reason) async throws {
        let (hands, bell) = (Hands(), WakeUp())
        let waiter = Task { await bell.wait(until: SampleStations.now(480), on: hands.clock) }
        try await hands.hasPaused.pass()
        hands.pass(passed)
        hands.turn(by: seconds)
        bell.ring()
        #expect(await waiter.value == reason)
    }

    @Test("Where the kernel tells that the clock is set, it can be waited for, as long as wanted")
    func settings() async throws {
        guard let settings = ClockSettings.shared else { return }
        try await settings.pause(for: .milliseconds(1))
        let pause = Task { try await settings.pause(for: .seconds(3600)) }
        pause.cancel()
        await #expect(throws: CancellationError.self) { try await pause.value }
    }

    @Test("What nobody sets goes on")
    func uptime() {
        let clock = SystemWallClock()
        let before = clock.uptime
        #expect(before >= 0)
        #expect(clock.uptime >= before)
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
