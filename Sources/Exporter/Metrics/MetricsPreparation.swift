import ServiceLifecycle
import System

/// Has the text of `/metrics` encoded when the readings change, and before some of them turn stale, so that no scrape waits for it.
struct MetricsPreparation: Service {
    let page: MetricsPage
    let store: SnapshotStore
    let clock: any WallClock

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { for await _ in store.snapshots() { page.wakeUp.ring() } }
                while !Task.isCancelled {
                    await page.wakeUp.wait()
                    await page.onQueue { page.prepare(at: clock.now) }
                }
            }
        }
    }
}
