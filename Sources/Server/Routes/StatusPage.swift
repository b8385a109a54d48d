import Engine
import EngineAPI
import FoundationEssentials
import Homes
import NIOCore
import OperatingSystem

/// The text of `/api/status`. The stations and the homes of Energy, nearly all of it, are encoded once each time they change or one of
/// their readings turns stale; the rest is encoded for each reader.
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

    private struct EncodedHomes {
        let text: ByteBuffer
        let homes: [EnergyHome]
        let units: Units
        let validity: Range<Date>
    }

    private let store: SnapshotStore
    private let settings: StatusSettings
    private var stations: EncodedStations?
    private var homes: EncodedHomes?
    private let executor = QueueExecutor(label: "status")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(store: SnapshotStore, settings: StatusSettings) {
        self.store = store
        self.settings = settings
    }

    /// The report at a time, in pieces: the homes, the stations, and what stands around them.
    func text(at now: Date) throws -> [ByteBuffer] {
        let stations = try encodedStations(at: now)
        var snapshot = store.snapshot
        let homes = try snapshot.energy.map { try encodedHomes($0, at: now, units: snapshot.data.preferences ?? .metric) }
        snapshot.data.stations = []
        snapshot.energy?.homes = []
        let report = StatusReport(snapshot, at: now, lastScrape: store.lastScrape, settings: settings)
        let elements = [homes.map { (key: "homes", text: $0) }, (key: "stations", text: stations)].compactMap(\.self)
        return try Self.json(report, with: elements) + [ByteBuffer(string: "\n")]
    }

    private func encodedStations(at now: Date) throws -> ByteBuffer {
        // Before the readings: where others come in between, theirs are encoded again.
        let version = store.weatherVersionedSnapshot.weatherVersion
        let data = store.snapshot.data
        let units = data.preferences ?? .metric
        if let stations, stations.version == version, stations.units == units, stations.validity.contains(now) { return stations.text }
        let freshness = Freshness(at: now, staleAge: settings.staleAge)
        let text = try Self.json(data.stations, freshness, units: units)
        stations = EncodedStations(text: text, version: version, units: units, validity: freshness.validity(for: data.stations))
        return text
    }

    private func encodedHomes(_ energy: EnergyReadings, at now: Date, units: Units) throws -> ByteBuffer {
        // The same homes are the same memory, which is compared at once.
        if let homes, homes.homes == energy.homes, homes.units == units, homes.validity.contains(now) { return homes.text }
        let freshness = Freshness(at: now, staleAge: settings.staleAge)
        let text = try Self.json(energy.homes, by: HomeJudge(freshness: freshness, units: units))
        homes = EncodedHomes(text: text, homes: energy.homes, units: units, validity: freshness.validity(for: energy.roomStations))
        return text
    }

    /// Device by device: what an encoder makes of a value before it writes it takes many times its length.
    private static func json(_ stations: [Station], _ freshness: Freshness, units: Units) throws -> ByteBuffer {
        try list(stations) { station in
            let devices = try list(station.devices) { device in
                [try json(JudgedDevice(device: device, freshness: freshness, units: units))]
            }
            return try json(JudgedStation(station, devices: [], freshness: freshness, units: units), with: [("modules", devices)])
        }
    }

    /// Room by room and device by device, for the same reason.
    private static func json(_ homes: [EnergyHome], by judge: HomeJudge) throws -> ByteBuffer {
        try list(homes) { home in
            let rooms = try list(ToldRoom.rooms(of: home, by: judge)) { [try json($0)] }
            let devices = try list(ToldEnergyDevice.devices(of: home, by: judge)) { [try json($0)] }
            return try json(ToldHome(home, rooms: [], devices: [], by: judge), with: [("devices", devices), ("rooms", rooms)])
        }
    }

    /// Elements with commas between them.
    private static func list<Element>(_ elements: [Element], _ json: (Element) throws -> [ByteBuffer]) rethrows -> ByteBuffer {
        var text = ByteBuffer()
        for (number, element) in elements.enumerated() {
            if number > 0 { text.writeString(",") }
            for piece in try json(element) { text.writeImmutableBuffer(piece) }
        }
        return text
    }

    /// The text of an object whose arrays are empty, with elements put into them, in pieces.
    ///
    /// - Parameter elements: By key, in the order of the keys.
    private static func json(_ value: some Encodable, with elements: [(key: String, text: ByteBuffer)]) throws -> [ByteBuffer] {
        var rest = try json(value)
        var pieces: [ByteBuffer] = []
        for (key, text) in elements {
            // A quotation mark in a text is escaped, so that this stands there once.
            guard let place = rest.readableBytesView.firstRange(of: Array("\"\(key)\":[]".utf8)),
                let before = rest.readSlice(length: place.upperBound - 1 - rest.readerIndex)
            else { throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "no empty array under \(key)")) }
            pieces += [before, text]
        }
        return pieces + [rest]
    }

    private static func json(_ value: some Encodable) throws -> ByteBuffer {
        ByteBuffer(bytes: try JSONEncoder.status().encode(value))
    }
}
