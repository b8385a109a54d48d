package import Engine
import ServiceLifecycle
package import OperatingSystem

/// Has the text of `/metrics` encoded when the readings change, and before some of them turn stale, so that no scrape waits for it.
package struct MetricsPreparation: Service {
    private let page: MetricsPage
    private let store: SnapshotStore
    private let clock: any WallClock

    package init(page: MetricsPage, store: SnapshotStore, clock: any WallClock) {
        self.page = page
        self.store = store
        self.clock = clock
    }

    package func run() async throws {
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
