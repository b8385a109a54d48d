public import Exporter
import FoundationEssentials
import Synchronization
public import System

extension PlainFollower {
    /// How long, in seconds, what only time brings about may go unsaid.
    private static let patience = 10.0

    /// Says what each snapshot adds, and what turns out as time passes without one, until the task is cancelled.
    ///
    /// - Parameters:
    ///   - store: Where the snapshots are.
    ///   - clock: Tells the time.
    ///   - write: Takes the lines, in their order; nothing is written where there are none.
    public func follow(_ store: SnapshotStore, on clock: any WallClock, write: @escaping @Sendable (String) -> Void) async {
        let follower = Mutex(self)
        let say: @Sendable () -> Void = {
            follower.withLock { follower in
                // The latest one, so that nothing is told backwards whoever comes first.
                let text = follower.text(for: store.snapshot, at: clock.now)
                if !text.isEmpty { write(text) }
            }
        }
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await _ in store.snapshots() { say() }
            }
            group.addTask {
                while (try? await clock.sleep(until: clock.now.addingTimeInterval(Self.patience))) != nil { say() }
            }
        }
    }
}
