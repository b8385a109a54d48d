package import FoundationEssentials
package import Homes

/// What is exported: all of it is known before the first request, so that an export can go on where it was.
package struct ExportOrder: Sendable, Hashable, Codable {
    package let format: ExportFormat
    package let scale: HistoryScale
    package let start: Date
    /// The last moment that belongs to it.
    package let end: Date
    /// When it was ordered: a step that had not ended by then is left out, since it is not what it will be.
    package let orderedAt: Date
    package let devices: [ExportedDevice]

    package init(format: ExportFormat, scale: HistoryScale, start: Date, end: Date, orderedAt: Date, devices: [ExportedDevice]) {
        self.format = format
        self.scale = scale
        self.start = start
        self.end = end
        self.orderedAt = orderedAt
        self.devices = devices
    }

    /// When the past of one of its devices begins: where that was set up later, not before.
    func start(of device: ExportedDevice) -> Date {
        max(start, device.setUp ?? start)
    }

    /// The scale that NetAtmo gives the past of a device at.
    func scale(of device: ExportedDevice) -> HistoryScale {
        device.subject.at(scale).askedScale
    }

    /// The values of a device.
    func columns(of device: ExportedDevice) -> [ExportColumn] {
        ExportColumn.all(of: device.subject.at(scale))
    }

    /// The values of all devices, each once, by the order of the measures.
    var columns: [ExportColumn] {
        let columns = Set(devices.flatMap(columns))
        return columns.sorted { ($0.measure.rawValue, $0.part.rawValue) < ($1.measure.rawValue, $1.part.rawValue) }
    }

    var hasRooms: Bool { devices.contains { $0.subject.kind == .room } }
}

/// A base, module, home coach, room or boiler whose past is exported, with what it is called.
package struct ExportedDevice: Sendable, Hashable, Codable {
    package let home: String
    /// The module; the room; of a boiler the device that tells whether it burns.
    package let module: String
    /// Empty of a room or a boiler.
    package let station: String
    package let subject: HistorySubject
    package let setUp: Date?

    package init(home: String, module: String, station: String, subject: HistorySubject, setUp: Date?) {
        self.home = home
        self.module = module
        self.station = station
        self.subject = subject
        self.setUp = setUp
    }

    private enum Key: String, CodingKey {
        case home, module, station, kind, deviceID, moduleID, measures, scale, setUp
    }

    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: Key.self)
        try json.encode(home, forKey: .home)
        try json.encode(module, forKey: .module)
        try json.encode(station, forKey: .station)
        // Absent of a device, as in states of releases that knew no rooms.
        try json.encodeIfPresent(subject.kind == .device ? nil : subject.kind, forKey: .kind)
        try json.encode(subject.deviceID, forKey: .deviceID)
        try json.encodeIfPresent(subject.moduleID, forKey: .moduleID)
        try json.encode(subject.measures.map(\.jsonKey), forKey: .measures)
        try json.encode(subject.scale, forKey: .scale)
        try json.encodeIfPresent(setUp, forKey: .setUp)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: Key.self)
        let keys = try json.decode([String].self, forKey: .measures)
        let measures = keys.compactMap(Measure.init(jsonKey:))
        guard measures.count == keys.count, !measures.isEmpty else {
            throw DecodingError.dataCorruptedError(forKey: .measures, in: json, debugDescription: "a measure that is not known")
        }
        self.init(
            home: try json.decode(String.self, forKey: .home), module: try json.decode(String.self, forKey: .module),
            station: try json.decode(String.self, forKey: .station),
            subject: HistorySubject(
                try json.decodeIfPresent(HistorySubject.Kind.self, forKey: .kind) ?? .device,
                deviceID: try json.decode(String.self, forKey: .deviceID),
                moduleID: try json.decodeIfPresent(String.self, forKey: .moduleID),
                measures: measures, scale: try json.decode(HistoryScale.self, forKey: .scale)),
            setUp: try json.decodeIfPresent(Date.self, forKey: .setUp)
        )
    }
}
