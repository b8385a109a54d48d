import Synchronization

/// Notes what happened in which order, across the doubles of a test.
public final class Journal: Sendable {
    private let lines = Mutex<[String]>([])

    /// An empty journal.
    public init() {}

    /// What happened so far.
    public var entries: [String] {
        lines.withLock { $0 }
    }

    /// Notes something.
    public func note(_ entry: String) {
        lines.withLock { $0.append(entry) }
    }
}
