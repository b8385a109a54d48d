package import FoundationEssentials
import Glibc

/// The time of day, and waiting for one. Injected everywhere, so that a test can move it.
package protocol WallClock: Sendable {
    var now: Date { get }

    /// Seconds since the machine started, by a monotonic clock, which goes on while it sleeps and over restarts of the program.
    var uptime: TimeInterval { get }

    /// Returns when the time is `deadline` or later; sooner where the clock was set back, since it is unknown then how much
    /// time really passed.
    ///
    /// - Throws: `CancellationError` when the task is cancelled, unless the clock was set back before that: it is told first.
    func sleep(until deadline: Date) async throws
}

extension WallClock {
    /// A clock with nothing else to go by goes by its time.
    package var uptime: TimeInterval { now.timeIntervalSinceReferenceDate }

    /// Whether the clock was set back since it showed that time.
    package func wasSetBack(since before: Date) -> Bool {
        SystemWallClock.wasSetBack(from: before, to: now)
    }
}

package struct SystemWallClock: WallClock {
    private let time: @Sendable () -> Date
    private let monotonicTime: @Sendable () -> TimeInterval
    private let pause: @Sendable (Duration) async throws -> Void

    package init() {
        self.init(time: { Date() }, pause: Self.pause)
    }

    /// - Parameters:
    ///   - time: The time that the machine shows.
    ///   - monotonicTime: See ``uptime``.
    ///   - pause: Waits for so long by the monotonic clock, or less; throws when the task is cancelled.
    init(
        time: @escaping @Sendable () -> Date, monotonicTime: @escaping @Sendable () -> TimeInterval = Self.timeSinceStart,
        pause: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.time = time
        self.monotonicTime = monotonicTime
        self.pause = pause
    }

    package var now: Date { time() }

    package var uptime: TimeInterval { monotonicTime() }

    @Sendable private static func timeSinceStart() -> TimeInterval {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return TimeInterval(time.tv_sec) + TimeInterval(time.tv_nsec) / 1e9
    }

    /// Waits in steps and looks at the time after each, since the clock may jump and the machine may sleep; also after one
    /// that was cut short, or a clock that was set back in it would never be noticed.
    package func sleep(until deadline: Date) async throws {
        while true {
            let (before, uptimeBefore) = (now, uptime)
            let rest = deadline.timeIntervalSince(before)
            guard rest > 0 else { return }
            let step: Result<Void, any Error>
            do {
                step = .success(try await pause(.seconds(min(rest, Self.longestStep))))
            } catch {
                step = .failure(error)
            }
            if Self.wasSetBack(from: before.addingTimeInterval(uptime - uptimeBefore), to: now) { return }
            try step.get()
        }
    }

    /// Whether the clock was set back between two looks at it. The few seconds that a time server may take off do not count.
    package static func wasSetBack(from before: Date, to after: Date) -> Bool {
        after < before.addingTimeInterval(-timeServerStep)
    }

    /// In seconds.
    private static let timeServerStep = 5.0
    /// How long, in seconds, a step is at most, should the kernel not have told that the clock was set.
    private static let longestStep = 60.0
    /// How long it is at most where the kernel never tells, and how long a jump of the clock goes unnoticed there.
    private static let longestBlindStep = Duration.seconds(5)

    /// A short one is not worth asking the kernel.
    private static let pause: @Sendable (Duration) async throws -> Void = { duration in
        guard duration > longestBlindStep, let settings = ClockSettings.shared else {
            return try await Task.sleep(for: min(duration, longestBlindStep))
        }
        try await settings.pause(for: duration)
    }
}
