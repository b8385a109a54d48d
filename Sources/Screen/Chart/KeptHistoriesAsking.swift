import FoundationEssentials
import OperatingSystem

/// When the engine is asked for what it has kept of all modules: at once, and then ever less often as long as some module's past may
/// still be on its way, since an engine that has just started fills them one after the other.
struct KeptHistoriesAsking: Sendable, Hashable {
    /// How long, in seconds, it is waited before it is asked again, time after time.
    private static let waits: [TimeInterval] = [5, 5, 10, 10, 15, 15, 20, 30, 60, 120, 300]

    /// When it is asked next; `nil` where there is nothing more to come.
    private var next: Date? = .beforeAnyClock
    private var isAsked = false
    private var count = 0

    /// Whether it is to be asked now; takes note of that.
    mutating func begin(at now: Date) -> Bool {
        guard !isAsked, let next, next <= now || next > now.addingTimeInterval(Self.longestWait) else { return false }
        isAsked = true
        return true
    }

    /// - Parameter isComplete: Whether the answer has a past of each module that can have one.
    mutating func end(isComplete: Bool, at now: Date) {
        isAsked = false
        next = isComplete || count >= Self.waits.count ? nil : now.addingTimeInterval(Self.waits[count])
        count += 1
    }

    /// By a clock that was set back nothing is waited for as long.
    private static let longestWait: TimeInterval = 600
}
