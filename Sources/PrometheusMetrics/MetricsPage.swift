package import Engine
package import EngineAPI
package import FoundationEssentials
import Homes
package import NIOCore
import Synchronization
package import OperatingSystem

/// The text of `/metrics`. The series of the devices are encoded once each time the readings change or one of them turns
/// stale, the few about the exporter itself at most once a second.
///
/// An event loop asks for what is kept. The rest takes long, a tenth of a second for thousands of modules, and is done on a queue of
/// its own: ahead where that can be known (``MetricsPreparation``), else while the scrape waits.
package final class MetricsPage: Sendable {
    /// Rung where a text will be needed soon.
    package let wakeUp = WakeUp()

    private let store: SnapshotStore
    private let refreshInterval: Duration
    private let staleAge: Duration
    private let build: BuildInformation
    private let kept = Mutex(KeptMetrics())
    private let process = ProcessMetrics()
    private let queue = MetricsQueue()

    /// - Parameter staleAge: Readings older than this have no series.
    package init(store: SnapshotStore, refreshInterval: Duration, staleAge: Duration, build: BuildInformation) {
        self.store = store
        self.refreshInterval = refreshInterval
        self.staleAge = staleAge
        self.build = build
    }

    /// Does what takes long, one thing after the other.
    package func onQueue<Value: Sendable>(_ work: @Sendable () -> Value) async -> Value {
        await queue.run(work)
    }
}

private actor MetricsQueue {
    private let executor = QueueExecutor(label: "metrics")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    func run<Value: Sendable>(_ work: @Sendable () -> Value) -> Value { work() }
}

// MARK: - What is kept

extension MetricsPage {
    /// The text for a scrape at that time, in pieces that follow each other; `nil` where devices have to be encoded for it.
    package func keptText(_ format: MetricsFormat, at now: Date) -> [ByteBuffer]? {
        answer(at: now) { kept, sensors in pieces(sensors, format, &kept, at: now) }
    }

    /// The same, compressed by gzip; `nil` also where the devices' series have to be compressed for it.
    package func keptGzippedText(_ format: MetricsFormat, at now: Date) -> [ByteBuffer]? {
        answer(at: now) { kept, sensors in gzippedPieces(sensors, format, &kept, at: now) }
    }

    private func answer(at now: Date, _ pieces: (inout KeptMetrics, KeptMetrics.Sensors) -> [ByteBuffer]?) -> [ByteBuffer]? {
        let version = store.stationsVersion
        let (text, isMoreNeeded) = kept.withLock { kept in
            let text = kept.sensors(ofVersion: version, at: now).flatMap { pieces(&kept, $0) }
            return (text, kept.timeToMake(version: version, at: now) != nil)
        }
        if isMoreNeeded { wakeUp.ring() }
        if text != nil { store.noteScrape(at: now) }
        return text
    }

    private func pieces(_ sensors: KeptMetrics.Sensors, _ format: MetricsFormat, _ kept: inout KeptMetrics, at now: Date) -> [ByteBuffer] {
        let engine = engine(sensors, format, &kept, at: now)
        if let whole = engine.whole, whole.begins(with: sensors) { return whole.pieces }
        let whole = KeptMetrics.Whole([sensors.text.text, engine.text], sensors)
        kept.engines[format]?.whole = whole
        return whole.pieces
    }

    private func gzippedPieces(
        _ sensors: KeptMetrics.Sensors, _ format: MetricsFormat, _ kept: inout KeptMetrics, at now: Date
    ) -> [ByteBuffer]? {
        guard let (deflated, head) = sensors.compressed else { return nil }
        let engine = engine(sensors, format, &kept, at: now)
        if let whole = engine.compressed, whole.begins(with: sensors) { return whole.pieces }
        guard let tail = DeflatedText(engine.text, as: .last)?.tail(after: deflated) else { return nil }
        let whole = KeptMetrics.Whole([head, tail], sensors)
        kept.engines[format]?.compressed = whole
        return whole.pieces
    }

    /// What is kept of the exporter's series, encoded anew where that is due.
    private func engine(
        _ sensors: KeptMetrics.Sensors, _ format: MetricsFormat, _ kept: inout KeptMetrics, at now: Date
    ) -> KeptMetrics.Engine {
        let version = store.metricsVersion
        if let engine = kept.engines[format], engine.version == version, engine.sensorsVersion == sensors.version,
            engine.times.contains(now)
        {
            return engine
        }
        let snapshot = store.snapshot
        var encoder = MetricsEncoder(format: format, capacity: 16 << 10)
        RainText(gauges: sensors.text.gauges, totals: store.rain).write(to: &encoder)
        EngineText(snapshot: snapshot, api: store.api, refreshInterval: refreshInterval, build: build).write(
            to: &encoder, at: now, process: process)
        let end = min(now.addingTimeInterval(1), snapshot.token.nextChange(after: now) ?? .afterAnyClock)
        let engine = KeptMetrics.Engine(text: encoder.buffer, version: version, sensorsVersion: sensors.version, times: now..<end)
        kept.engines[format] = engine
        return engine
    }
}

// MARK: - What takes long

extension MetricsPage {
    /// The text for a scrape at that time, in pieces that follow each other, encoded where it is not kept.
    package func text(_ format: MetricsFormat = .prometheus, at now: Date) -> [ByteBuffer] {
        if let text = keptText(format, at: now) { return text }
        let sensors = encodedSensors(at: now)
        store.noteScrape(at: now)
        return kept.withLock { kept in
            kept.keep(sensors)
            return pieces(sensors, format, &kept, at: now)
        }
    }

    /// The same, compressed by gzip; `nil` where zlib has no memory left.
    package func gzippedText(_ format: MetricsFormat = .prometheus, at now: Date) -> [ByteBuffer]? {
        if let text = keptGzippedText(format, at: now) { return text }
        let version = store.stationsVersion
        var sensors = kept.withLock { $0.sensors(ofVersion: version, at: now) } ?? encodedSensors(at: now)
        sensors.compress()
        store.noteScrape(at: now)
        return kept.withLock { kept in
            kept.keep(sensors)
            kept.isGzipWanted = true
            return gzippedPieces(sensors, format, &kept, at: now)
        }
    }

    /// Makes what scrapes will need that is not there: the series of readings that came since the last one, and those for when a device
    /// will have turned stale. Compresses them where a scrape wanted them so.
    package func prepare(at now: Date) {
        // Both may be due.
        for _ in 0..<2 {
            let version = store.stationsVersion
            let (time, isGzipWanted) = kept.withLock { ($0.timeToMake(version: version, at: now), $0.isGzipWanted) }
            guard let time else { return }
            var sensors = encodedSensors(at: time)
            if isGzipWanted { sensors.compress() }
            kept.withLock { $0.keep(sensors) }
        }
    }

    private func encodedSensors(at time: Date) -> KeptMetrics.Sensors {
        let (stations, homes, version) = store.versionedReadings
        return KeptMetrics.Sensors(text: SensorText(stations, homes: homes, Freshness(at: time, staleAge: staleAge)), version: version)
    }
}
