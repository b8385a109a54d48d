import ServiceLifecycle
import System

/// Has the text of `/metrics` encoded when the readings change, so that no scrape waits for it. It has a queue of its own:
/// thousands of modules take a tenth of a second.
actor MetricsPreparation: Service {
    private let page: MetricsPage
    private let store: SnapshotStore
    private let clock: any WallClock
    private let executor = QueueExecutor(label: "metrics")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(page: MetricsPage, store: SnapshotStore, clock: any WallClock) {
        self.page = page
        self.store = store
        self.clock = clock
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await self.work()
        }
    }

    private func work() async {
        for await _ in store.snapshots() { page.prepare(at: clock.now) }
    }
}
