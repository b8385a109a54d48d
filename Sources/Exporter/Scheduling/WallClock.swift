public import FoundationEssentials

/// The time of day, and waiting for one. Injected everywhere, so that a test can move it.
public protocol WallClock: Sendable {
    /// The time now.
    var now: Date { get }

    /// Returns when the time is `deadline` or later.
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
            try await Task.sleep(for: .seconds(min(rest, Self.longestStep)))
        }
    }

    /// How long, in seconds, a jump of the clock may go unnoticed.
    private static let longestStep = 5.0
}
