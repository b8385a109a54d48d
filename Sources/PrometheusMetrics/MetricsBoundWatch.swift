package import Engine
package import EngineAPI
package import Homes
import ServiceLifecycle
import OperatingSystem

/// Tells that devices' series have no room in `/metrics`, once as long as it lasts. It has a queue of its own: thousands of modules
/// take a tenth of a second.
package actor MetricsBoundWatch: Service {
    private let store: SnapshotStore
    private let tell: @Sendable (DataRemark) -> Void
    private var told: DataRemark?
    private let executor = QueueExecutor(label: "metrics-bound")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    package init(store: SnapshotStore, tell: @escaping @Sendable (DataRemark) -> Void) {
        self.store = store
        self.tell = tell
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await self.work()
        }
    }

    private func work() async {
        var seen = 0
        for await _ in store.snapshots() {
            let (stations, version) = store.versionedStations
            guard version != seen else { continue }
            seen = version
            check(stations)
        }
    }

    package func check(_ stations: [Station]) {
        let devices = LabelledDevice.leftOut(of: stations)
        let remark = devices > 0 ? DataRemark.seriesLeftOut(devices: devices, limit: MetricsBound.limit) : nil
        defer { told = remark }
        if let remark, remark != told { tell(remark) }
    }
}
