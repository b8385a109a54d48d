import Engine
import EngineAPI
import FoundationEssentials
import Homes
import NIOCore
import OperatingSystem

/// The text of `/api/status`. The stations, nearly all of it, are encoded once each time they change or one of their
/// readings turns stale; the rest is encoded for each reader.
///
/// It has a queue of its own: thousands of modules take a third of a second to encode, which no scrape should wait for.
actor StatusPage {
    private struct EncodedStations {
        let text: ByteBuffer
        let version: Int
        /// What the readings are told in.
        let units: Units
        /// From when until when no reading turns stale or, by a clock set back, fresh.
        let validity: Range<Date>
    }

    private let store: SnapshotStore
    private let settings: StatusSettings
    private var stations: EncodedStations?
    private let executor = QueueExecutor(label: "status")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - store: Where the snapshot is.
    ///   - settings: What does not change.
    init(store: SnapshotStore, settings: StatusSettings) {
        self.store = store
        self.settings = settings
    }

    /// The document at a time, in pieces: what describes the exporter, and the stations as the object's last member.
    func text(at now: Date) throws -> [ByteBuffer] {
        let stations = try encodedStations(at: now)
        let document = StatusDocument(store.snapshot, at: now, lastScrape: store.lastScrape, settings: settings)
        var head = try Self.json(document)
        // Without its closing brace, so that another member can follow.
        head.moveWriterIndex(to: head.writerIndex - 1)
        head.writeString(#","stations":"#)
        return [head, stations, ByteBuffer(string: "}\n")]
    }

    private func encodedStations(at now: Date) throws -> ByteBuffer {
        // Before the readings: where others come in between, theirs are encoded again.
        let version = store.stationsVersion
        let data = store.snapshot.data
        let units = data.preferences ?? .metric
        if let stations, stations.version == version, stations.units == units, stations.validity.contains(now) { return stations.text }
        let freshness = Freshness(at: now, staleAge: settings.staleAge)
        let text = try Self.json(data.stations, freshness, units: units)
        stations = EncodedStations(text: text, version: version, units: units, validity: freshness.validity(for: data.stations))
        return text
    }

    /// Device by device: what an encoder makes of a value before it writes it takes many times its length.
    private static func json(_ stations: [Station], _ freshness: Freshness, units: Units) throws -> ByteBuffer {
        var text = ByteBuffer(string: "[")
        for (number, station) in stations.enumerated() {
            if number > 0 { text.writeString(",") }
            var frame = try json(StationStatus(station, modules: []))
            // A quotation mark in a name is escaped, so that this stands there once.
            let place = frame.readableBytesView.firstRange(of: Array(#""modules":[]"#.utf8))
            guard let place, var modules = frame.readSlice(length: place.upperBound - 1 - frame.readerIndex) else { continue }
            text.writeBuffer(&modules)
            for (number, device) in station.devices.enumerated() {
                if number > 0 { text.writeString(",") }
                text.writeImmutableBuffer(try json(StationStatus.ModulePart(device, freshness, units: units)))
            }
            text.writeBuffer(&frame)
        }
        text.writeString("]")
        return text
    }

    private static func json(_ value: some Encodable) throws -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return ByteBuffer(bytes: try encoder.encode(value))
    }
}
