import Synchronization

/// Notes what happened in which order, across the doubles of a test.
package final class Journal: Sendable {
    private let lines = Mutex<[String]>([])

    /// An empty journal.
    package init() {}

    /// What happened so far.
    package var entries: [String] {
        lines.withLock { $0 }
    }

    /// Notes something.
    package func note(_ entry: String) {
        lines.withLock { $0.append(entry) }
    }
}
