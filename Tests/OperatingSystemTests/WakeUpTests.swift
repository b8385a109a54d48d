import Foundation
import TestSupport
import Testing

@testable import OperatingSystem

@Suite("A wake-up bell")
struct WakeUpTests {
    private let bell = WakeUp()
    private let clock = ManualClock()

    @Test("Rings before the wait let it pass, once: the next wait lasts until its deadline")
    func ringBeforeWait() async throws {
        bell.ring()
        bell.ring()
        await bell.wait()
        let (bell, clock) = (bell, clock)
        let deadline = clock.now.addingTimeInterval(60)
        let second = Task { await bell.wait(until: deadline, on: clock) }
        try await clock.sleeper(until: deadline)
        clock.set(to: deadline)
        #expect(await second.value == .timeCame)
    }

    @Test("A ring that wakes somebody is used up by that")
    func ringIsUsedUp() async throws {
        let (bell, clock) = (bell, clock)
        let deadline = clock.now.addingTimeInterval(60)
        let first = Task { await bell.wait(until: deadline, on: clock) }
        try await clock.sleeper(until: deadline)
        bell.ring()
        #expect(await first.value == .rung)
        let second = Task { await bell.wait(until: deadline, on: clock) }
        try await clock.sleeper(until: deadline)
        clock.set(to: deadline)
        #expect(await second.value == .timeCame)
    }

    @Test("A ring wakes the one who waits")
    func ringWhileWaiting() async throws {
        let (bell, clock) = (bell, clock)
        let deadline = clock.now.addingTimeInterval(60)
        let waiter = Task { await bell.wait(until: deadline, on: clock) }
        try await clock.sleeper(until: deadline)
        bell.ring()
        #expect(try await waiter.value(orFail: "the cancelled one") == .rung)
        #expect(clock.deadlines.isEmpty, "the clock is given up")
    }

    /// A clock that is set back at the moment in which a sleep is cut short.
    private struct UnluckyClock: WallClock {
        let clock: ManualClock
        let seconds: TimeInterval

        var now: Date { clock.now }
        var uptime: TimeInterval { 0 }

        func sleep(until deadline: Date) async throws {
            do {
                try await clock.sleep(until: deadline)
            } catch {
                clock.set(to: now.addingTimeInterval(-seconds))
                throw error
            }
        }
    }

    @Test("A clock that is set back while a ring ends the wait is told; a time server's few seconds are not", arguments: [5.0, 6, 3600])
    func setBackWhileRinging(seconds: TimeInterval) async throws {
        let (bell, clock) = (bell, UnluckyClock(clock: clock, seconds: seconds))
        let deadline = clock.now.addingTimeInterval(60)
        let waiter = Task { await bell.wait(until: deadline, on: clock) }
        try await self.clock.sleeper(until: deadline)
        bell.ring()
        #expect(try await waiter.value(orFail: "the one who waits") == (seconds > 5 ? .clockWasSetBack : .rung))
    }

    @Test("A ring wakes all who wait: none is forgotten for another one", .timeLimit(.minutes(1)), arguments: [2, 3, 20])
    func ringWhileManyWait(count: Int) async throws {
        let bell = bell
        let waiters = (0..<count).map { _ in Task.immediate { await bell.wait() } }
        bell.ring()
        for waiter in waiters { try await waiter.value(orFail: "one of them") }
    }

    @Test("A wait that is cancelled takes no other one with it, and no ring from it", .timeLimit(.minutes(1)))
    func cancelledBesideAnother() async throws {
        let bell = bell
        let (one, cancelled, other) = (
            Task.immediate { await bell.wait() }, Task.immediate { await bell.wait() }, Task.immediate { await bell.wait() }
        )
        cancelled.cancel()
        try await cancelled.value(orFail: "the cancelled one")
        bell.ring()
        try await one.value(orFail: "the one")
        try await other.value(orFail: "the other")
    }

    @Test("The deadline wakes the one who waits")
    func deadline() async throws {
        let (bell, clock) = (bell, clock)
        let deadline = clock.now.addingTimeInterval(60)
        let waiter = Task { await bell.wait(until: deadline, on: clock) }
        try await clock.sleeper(until: deadline)
        clock.advance(by: .seconds(59))
        #expect(clock.deadlines == [deadline])
        clock.advance(by: .seconds(1))
        #expect(await waiter.value == .timeCame)
    }

    @Test("A deadline in the past does not wait", arguments: [0.0, -1.0, -86_400.0])
    func deadlineInThePast(seconds: TimeInterval) async {
        #expect(await bell.wait(until: clock.now.addingTimeInterval(seconds), on: clock) == .timeCame)
    }

    @Test("A ring is remembered over a wait that ended at its deadline")
    func ringAfterDeadline() async throws {
        #expect(await bell.wait(until: clock.now, on: clock) == .timeCame)
        bell.ring()
        #expect(await bell.wait(until: clock.now.addingTimeInterval(1), on: clock) == .rung)
    }

    @Test("A clock that is set back wakes the one who waits, and says so")
    func clockSetBack() async throws {
        let (bell, clock) = (bell, clock)
        let deadline = clock.now.addingTimeInterval(60)
        let waiter = Task { await bell.wait(until: deadline, on: clock) }
        try await clock.sleeper(until: deadline)
        clock.set(to: clock.now.addingTimeInterval(-3600))
        #expect(await waiter.value == .clockWasSetBack)
    }

    @Test("A cancelled wait ends, with a deadline and without", arguments: [nil, 60.0])
    func cancellation(seconds: TimeInterval?) async throws {
        let (bell, clock) = (bell, clock)
        let deadline = seconds.map(clock.now.addingTimeInterval)
        let waiter = Task { await bell.wait(until: deadline, on: clock) }
        waiter.cancel()
        #expect(try await waiter.value(orFail: "the cancelled one") == .rung)
        #expect(clock.deadlines.isEmpty)
    }

    @Test("A cancelled wait leaves the bell usable")
    func ringAfterCancellation() async throws {
        let bell = bell
        let waiter = Task { await bell.wait() }
        waiter.cancel()
        try await waiter.value(orFail: "the cancelled one")
        bell.ring()
        await bell.wait()
    }
}
