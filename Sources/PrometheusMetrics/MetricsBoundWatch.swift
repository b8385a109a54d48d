package import Engine
package import EngineAPI
package import Homes
import FoundationEssentials
package import OperatingSystem
import ServiceLifecycle

/// Tells that devices' series have no room in `/metrics`, once as long as it lasts. It has a queue of its own, and lets the screens
/// have the processor first: thousands of modules take a tenth of a second.
package actor MetricsBoundWatch: Service {
    private let store: SnapshotStore
    private let clock: any WallClock
    private let tell: @Sendable (DataRemark) -> Void
    private var told: DataRemark?
    private let executor = QueueExecutor(label: "metrics-bound")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// How long the readings are shown before it looks, in seconds.
    private static let courtesy: TimeInterval = 1

    package init(store: SnapshotStore, clock: any WallClock, tell: @escaping @Sendable (DataRemark) -> Void) {
        self.store = store
        self.clock = clock
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
            guard store.stationsVersion != seen else { continue }
            try? await clock.sleep(until: clock.now.addingTimeInterval(Self.courtesy))
            let (stations, homes, version) = store.versionedReadings
            seen = version
            check(stations, homes: homes)
        }
    }

    package func check(_ stations: [Station], homes: [EnergyHome] = []) {
        let devices =
            LabelledDevice.leftOut(of: stations + homes.flatMap(\.stations)) + EnergyText(homes: homes, isFresh: { _ in true }).leftOut
        let remark = devices > 0 ? DataRemark.seriesLeftOut(devices: devices, limit: MetricsBound.limit) : nil
        defer { told = remark }
        if let remark, remark != told { tell(remark) }
    }
}
