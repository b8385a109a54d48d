package import EngineAPI
import FoundationEssentials
import Synchronization
package import OperatingSystem

extension PlainFollower {
    /// How long, in seconds, what only time brings about may go unsaid.
    private static let patience = 10.0

    /// Says what each snapshot adds, and what turns out as time passes without one, until the task is cancelled.
    ///
    /// - Parameter write: Takes the lines, in their order; nothing is written where there are none.
    package func follow(_ snapshots: AsyncStream<Snapshot>, on clock: any WallClock, write: @escaping @Sendable (String) -> Void) async {
        let state = Mutex<(follower: PlainFollower, latest: Snapshot?)>((self, nil))
        let say: @Sendable (Snapshot?) -> Void = { next in
            state.withLock { state in
                // Kept with the follower, so that nothing is told backwards by the one that comes second.
                if let next { state.latest = next }
                guard let latest = state.latest else { return }
                let text = state.follower.text(for: latest, at: clock.now)
                if !text.isEmpty { write(text) }
            }
        }
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await snapshot in snapshots { say(snapshot) }
            }
            group.addTask {
                while (try? await clock.sleep(until: clock.now.addingTimeInterval(Self.patience))) != nil { say(nil) }
            }
        }
    }
}
