package import FoundationEssentials
package import NIOCore
import Synchronization
import System

/// The text of `/metrics`. The series of the devices are encoded once each time the readings change or one of them turns
/// stale, the few about the exporter itself at most once a second; a scrape hands out what is kept.
package final class MetricsPage: Sendable {
    private struct Kept {
        /// The series of the devices.
        var sensors: Sensors?
        /// The series about the exporter, by format.
        var engines: [MetricsFormat: Engine] = [:]
    }

    private struct Sensors {
        let text: SensorText
        let version: Int
        /// The text compressed, and the same behind the header of gzip, once somebody asked for it so.
        var compressed: (deflated: DeflatedText, head: ByteBuffer)?
    }

    private struct Engine {
        let text: ByteBuffer
        let version: Int
        let times: Range<Date>
        /// The text compressed, with the trailer of a gzip member that begins with the sensors of that version.
        var compressed: ByteBuffer?
    }

    private let store: SnapshotStore
    private let refreshInterval: Duration
    private let staleAge: Duration
    private let build: BuildInformation
    private let kept = Mutex(Kept())
    private let process = ProcessMetrics()

    /// - Parameters:
    ///   - store: Where the readings are.
    ///   - refreshInterval: Served as a series.
    ///   - staleAge: Readings older than this have no series.
    ///   - build: Served as a series.
    package init(store: SnapshotStore, refreshInterval: Duration, staleAge: Duration, build: BuildInformation) {
        self.store = store
        self.refreshInterval = refreshInterval
        self.staleAge = staleAge
        self.build = build
    }

    /// The text for a scrape at that time, in pieces that follow each other.
    package func text(_ format: MetricsFormat = .prometheus, at now: Date) -> [ByteBuffer] {
        store.noteScrape(at: now)
        return kept.withLock { kept in
            [sensors(&kept, at: now).text.text, engine(format, &kept, at: now).text]
        }
    }

    /// The same, compressed by gzip; `nil` where zlib has no memory left.
    package func gzippedText(_ format: MetricsFormat = .prometheus, at now: Date) -> [ByteBuffer]? {
        store.noteScrape(at: now)
        return kept.withLock { kept in
            let compressed = sensors(&kept, at: now).compressed ?? compressSensors(&kept)
            guard let compressed else { return nil }
            let tail = engine(format, &kept, at: now).compressed ?? compressEngine(format, &kept, after: compressed.deflated)
            return tail.map { [compressed.head, $0] }
        }
    }

    /// Encodes the devices' series for the next scrape where they changed since the last one, and compresses them where that
    /// one wanted them so. Scrapes are answered meanwhile.
    func prepare(at now: Date) {
        let isCompressed = kept.withLock { kept -> Bool? in
            guard let sensors = kept.sensors, sensors.version != store.stationsVersion else { return nil }
            return sensors.compressed != nil
        }
        guard let isCompressed else { return }
        var sensors = encodedSensors(at: now)
        if isCompressed { sensors.compressed = Self.compressed(sensors.text) }
        kept.withLock { kept in
            // A scrape may have been faster.
            guard let old = kept.sensors, old.version < sensors.version else { return }
            kept = Kept(sensors: sensors)
        }
    }

    private func encodedSensors(at now: Date) -> Sensors {
        let (stations, version) = store.versionedStations
        return Sensors(text: SensorText(stations, Freshness(at: now, staleAge: staleAge)), version: version)
    }

    private static func compressed(_ text: SensorText) -> (deflated: DeflatedText, head: ByteBuffer)? {
        DeflatedText(text.text, as: .first).map { ($0, $0.head) }
    }

    /// What is kept of the devices' series, encoded anew where that is due.
    private func sensors(_ kept: inout Kept, at now: Date) -> Sensors {
        if let sensors = kept.sensors, sensors.version == store.stationsVersion, sensors.text.validity.contains(now) { return sensors }
        let sensors = encodedSensors(at: now)
        kept = Kept(sensors: sensors)
        return sensors
    }

    private func compressSensors(_ kept: inout Kept) -> (deflated: DeflatedText, head: ByteBuffer)? {
        let compressed = kept.sensors.flatMap { Self.compressed($0.text) }
        kept.sensors?.compressed = compressed
        return compressed
    }

    /// What is kept of the exporter's series, encoded anew where that is due.
    private func engine(_ format: MetricsFormat, _ kept: inout Kept, at now: Date) -> Engine {
        let version = store.metricsVersion
        if let engine = kept.engines[format], engine.version == version, engine.times.contains(now) { return engine }
        let snapshot = store.snapshot
        var encoder = MetricsEncoder(format: format, capacity: 16 << 10)
        EngineText(snapshot: snapshot, refreshInterval: refreshInterval, build: build).write(to: &encoder, at: now, process: process)
        let end = min(now.addingTimeInterval(1), snapshot.token.nextChange(after: now) ?? .afterAnyClock)
        let engine = Engine(text: encoder.buffer, version: version, times: now..<end)
        kept.engines[format] = engine
        return engine
    }

    private func compressEngine(_ format: MetricsFormat, _ kept: inout Kept, after sensors: DeflatedText) -> ByteBuffer? {
        guard let text = kept.engines[format]?.text else { return nil }
        let compressed = DeflatedText(text, as: .last)?.tail(after: sensors)
        kept.engines[format]?.compressed = compressed
        return compressed
    }
}
