import FoundationEssentials
import Synchronization

/// Lets a line a minute into the log, and counts the others.
final class MinuteGate: Sendable {
    private static let pause: TimeInterval = 60

    private let passed = Mutex<(last: Date?, leftOut: Int)>((nil, 0))

    /// What the line ends with: how many were left out since the last one, if any. `nil` where this one is left out too.
    func pass(at now: Date) -> String? {
        passed.withLock { passed in
            // A clock that was set back closes nothing for longer.
            if let last = passed.last, abs(now.timeIntervalSince(last)) < Self.pause {
                passed.leftOut += 1
                return nil
            }
            defer { passed = (now, 0) }
            return passed.leftOut == 0 ? "" : "; \(passed.leftOut) more since the last such line"
        }
    }
}
