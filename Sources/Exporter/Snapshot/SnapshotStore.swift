public import FoundationEssentials
import Synchronization

/// Holds the current snapshot. The engine's actors publish their parts; everybody else reads.
public final class SnapshotStore: Sendable {
    private struct State {
        var snapshot = Snapshot()
        var dataVersion = 0
        var lastScrape: Date?
        var subscribers: [Int: AsyncStream<Snapshot>.Continuation] = [:]
        var nextSubscriber = 0
    }

    private let state = Mutex(State())

    /// A store with the snapshot before anything happened.
    public init() {}

    /// The current snapshot.
    public var snapshot: Snapshot {
        state.withLock { $0.snapshot }
    }

    /// When `/metrics` was last scraped. Not part of the snapshot, so that a scrape wakes nobody.
    public var lastScrape: Date? {
        state.withLock { $0.lastScrape }
    }

    /// The current snapshot and all later ones. A slow reader misses those in between, never the last.
    public func snapshots() -> AsyncStream<Snapshot> {
        let (stream, continuation) = AsyncStream.makeStream(of: Snapshot.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            let id = state.nextSubscriber
            state.nextSubscriber += 1
            state.subscribers[id] = continuation
            continuation.yield(state.snapshot)
            return id
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.subscribers.removeValue(forKey: id) }
        }
        return stream
    }

    /// The readings, with a number that grows with each try to fetch them.
    var versionedData: (data: DataStatus, version: Int) {
        state.withLock { ($0.snapshot.data, $0.dataVersion) }
    }

    /// The number of ``versionedData`` alone.
    var dataVersion: Int {
        state.withLock { $0.dataVersion }
    }

    /// Changes the snapshot and tells the readers.
    func update(_ change: (inout Snapshot) -> Void) {
        state.withLock { state in
            change(&state.snapshot)
            for subscriber in state.subscribers.values { subscriber.yield(state.snapshot) }
        }
    }

    /// Replaces the readings and tells the readers.
    package func publish(_ data: DataStatus) {
        state.withLock { state in
            let old = state.snapshot.data
            if old.fetchedAt != data.fetchedAt || old.lastAttempt != data.lastAttempt { state.dataVersion += 1 }
            state.snapshot.data = data
            for subscriber in state.subscribers.values { subscriber.yield(state.snapshot) }
        }
    }

    /// Notes a scrape, and returns the token's status for it.
    func scraped(at time: Date) -> TokenStatus {
        state.withLock { state in
            state.lastScrape = time
            return state.snapshot.token
        }
    }
}
