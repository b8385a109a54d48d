package import EngineAPI
package import FoundationEssentials
package import Homes
import OperatingSystem
import Synchronization

/// Holds what is shown. The engine's parts publish what they own (``SnapshotPublisher``) and never read it; the screen, the metrics
/// and the pages read.
package final class SnapshotStore: Sendable {
    private struct State {
        var snapshot = Snapshot()
        var stationsVersion = 0
        var weatherVersion = 0
        var metricsVersion = 0
        var lastScrape: Date?
        var toldScrape = Date.beforeAnyClock
        var api = APIStatistics()
        var rain = RainTotals()
        var readers = Readers<Snapshot>()

        mutating func tell() { readers.tell(snapshot) }
    }

    private let state = Mutex(State())

    package init() {}

    package var snapshot: Snapshot {
        state.withLock { $0.snapshot }
    }

    /// When `/metrics` was last scraped. The snapshot has it to the second, so that many scrapes don't wake its readers.
    package var lastScrape: Date? {
        state.withLock { $0.lastScrape }
    }

    /// The current snapshot and all later ones. A slow reader misses those in between, never the last.
    package func snapshots() -> AsyncStream<Snapshot> {
        snapshots(buffering: .bufferingNewest(1))
    }

    /// The current snapshot where it has readings, and then the first with each new answer of NetAtmo's.
    package func newReadings() -> NewReadings { NewReadings(snapshots()) }

    /// The same as ``snapshots()`` for a reader that may miss more or less of those in between.
    func snapshots(buffering policy: AsyncStream<Snapshot>.Continuation.BufferingPolicy) -> AsyncStream<Snapshot> {
        state.withLock { $0.readers.add(telling: $0.snapshot, buffering: policy) }
    }

    /// The stations, with a number that grows with each fetch of them, and of Energy's homes.
    package var versionedStations: (stations: [Station], version: Int) {
        state.withLock { ($0.snapshot.data.stations, $0.stationsVersion) }
    }

    /// The same with the rooms and devices of Energy.
    package var versionedReadings: (stations: [Station], homes: [EnergyHome], version: Int) {
        state.withLock { ($0.snapshot.data.stations, $0.snapshot.energy?.homes ?? [], $0.stationsVersion) }
    }

    /// The number of ``versionedStations`` alone.
    package var stationsVersion: Int {
        state.withLock { $0.stationsVersion }
    }

    /// A number that grows whenever something changes that is served as a metric.
    package var metricsVersion: Int {
        state.withLock { $0.metricsVersion }
    }

    /// Changes the snapshot, all but its readings, and tells the readers.
    package func update(_ change: (inout Snapshot) -> Void) {
        state.withLock { state in
            let token = state.snapshot.token
            change(&state.snapshot)
            if token != state.snapshot.token { state.metricsVersion += 1 }
            state.tell()
        }
    }

    package func publish(_ data: DataStatus) {
        state.withLock { state in
            let old = state.snapshot.data
            // Comparing the stations themselves would take longer than it saves.
            if old.fetchedAt != data.fetchedAt {
                state.stationsVersion += 1
                state.weatherVersion += 1
            }
            state.metricsVersion += 1
            state.snapshot.data = data
            state.tell()
        }
    }

    package func publish(_ energy: EnergyReadings) {
        state.withLock { state in
            if state.snapshot.energy?.fetchedAt != energy.fetchedAt { state.stationsVersion += 1 }
            state.metricsVersion += 1
            state.snapshot.energy = energy
            state.tell()
        }
    }

    /// What was asked of NetAtmo. Not part of the snapshot: a request by itself changes nothing that is shown.
    package var api: APIStatistics {
        state.withLock { $0.api }
    }

    func publish(_ api: APIStatistics) {
        state.withLock { state in
            state.api = api
            state.metricsVersion += 1
        }
    }

    /// What the rain gauges measured since they are counted. Not part of the snapshot either.
    package var rain: RainTotals {
        state.withLock { $0.rain }
    }

    package func publish(_ rain: RainTotals) {
        state.withLock { state in
            state.rain = rain
            state.metricsVersion += 1
        }
    }

    package func noteScrape(at time: Date) {
        state.withLock { state in
            state.lastScrape = time
            // Both ways, since a clock may be set back.
            guard abs(time.timeIntervalSince(state.toldScrape)) >= 1 else { return }
            state.toldScrape = time
            state.snapshot.lastScrape = time
            state.tell()
        }
    }

    /// The snapshot, and a number that grows with each fetch of the weather stations alone, of one moment.
    package var weatherVersionedSnapshot: (snapshot: Snapshot, weatherVersion: Int) {
        state.withLock { ($0.snapshot, $0.weatherVersion) }
    }

    /// The snapshot and the number of its stations, of one moment.
    package var versionedSnapshot: (snapshot: Snapshot, stationsVersion: Int) {
        state.withLock { ($0.snapshot, $0.stationsVersion) }
    }
}
