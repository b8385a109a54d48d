public import FoundationEssentials

/// The time of day, and waiting for one. Injected everywhere, so that a test can move it.
public protocol WallClock: Sendable {
    /// The time now.
    var now: Date { get }

    /// Returns when the time is `deadline` or later; sooner where the clock was set back, since nobody knows then how much
    /// time really passed.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    func sleep(until deadline: Date) async throws
}

/// The machine's clock.
public struct SystemWallClock: WallClock {
    /// The clock. It has no state.
    public init() {}

    /// The time now.
    public var now: Date { Date() }

    /// Waits in short steps and looks at the time after each, since the clock may jump and the machine may sleep.
    public func sleep(until deadline: Date) async throws {
        while true {
            let rest = deadline.timeIntervalSince(now)
            guard rest > 0 else { return }
            let before = now
            try await Task.sleep(for: .seconds(min(rest, Self.longestStep)))
            if Self.wasSetBack(from: before, to: now) { return }
        }
    }

    /// Whether the clock was set back between two looks at it. The few seconds that a time server may take off do not count.
    static func wasSetBack(from before: Date, to after: Date) -> Bool {
        after < before.addingTimeInterval(-longestStep)
    }

    /// How long, in seconds, a jump of the clock may go unnoticed.
    private static let longestStep = 5.0
}
