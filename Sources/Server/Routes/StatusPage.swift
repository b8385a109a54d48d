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

    init(store: SnapshotStore, settings: StatusSettings) {
        self.store = store
        self.settings = settings
    }

    /// The report at a time, in pieces: what stands before the stations, these, and what follows.
    func text(at now: Date) throws -> [ByteBuffer] {
        let stations = try encodedStations(at: now)
        var snapshot = store.snapshot
        snapshot.data.stations = []
        let report = StatusReport(snapshot, at: now, lastScrape: store.lastScrape, settings: settings)
        let (before, after) = try Self.json(report, aroundElementsOf: "stations")
        return [before, stations, after, ByteBuffer(string: "\n")]
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
        var text = ByteBuffer()
        for (number, station) in stations.enumerated() {
            if number > 0 { text.writeString(",") }
            let frame = try json(
                JudgedStation(station, devices: [], freshness: freshness, units: units), aroundElementsOf: "modules")
            text.writeImmutableBuffer(frame.before)
            for (number, device) in station.devices.enumerated() {
                if number > 0 { text.writeString(",") }
                text.writeImmutableBuffer(try json(JudgedDevice(device: device, freshness: freshness, units: units)))
            }
            text.writeImmutableBuffer(frame.after)
        }
        return text
    }

    /// The text of an object up to where the elements of an empty array belong, and the rest of it.
    private static func json(_ value: some Encodable, aroundElementsOf key: String) throws -> (before: ByteBuffer, after: ByteBuffer) {
        var after = try json(value)
        // A quotation mark in a text is escaped, so that this stands there once.
        guard let place = after.readableBytesView.firstRange(of: Array("\"\(key)\":[]".utf8)),
            let before = after.readSlice(length: place.upperBound - 1 - after.readerIndex)
        else { throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "no empty array under \(key)")) }
        return (before, after)
    }

    private static func json(_ value: some Encodable) throws -> ByteBuffer {
        ByteBuffer(bytes: try JSONEncoder.status().encode(value))
    }
}
