import FoundationEssentials
import Homes

/// Written in the forms of `/api/status`, all but the stations (``ToldStation``).
extension StateUpdate: Codable {
    private enum Key: String, CodingKey {
        case version, now, engine, token, data, stations, readings, energy, homes, events, exporter, signIn, log
    }

    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: Key.self)
        try json.encode(now, forKey: .now)
        if let engine {
            try json.encode(ControlProtocol.version, forKey: .version)
            try json.encode(engine, forKey: .engine)
        }
        try json.encodeIfPresent(token.map { JudgedToken(status: $0, now: now) }, forKey: .token)
        try json.encodeIfPresent(data?.json, forKey: .data)
        try json.encodeIfPresent(stations, forKey: .stations)
        try json.encodeIfPresent(readings, forKey: .readings)
        try json.encodeIfPresent(energy?.json, forKey: .energy)
        try json.encodeIfPresent(homes?.map { ToldHome($0, by: nil) }, forKey: .homes)
        try json.encodeIfPresent(events, forKey: .events)
        try json.encodeIfPresent(exporter, forKey: .exporter)
        try json.encodeIfPresent(signIn, forKey: .signIn)
        try json.encodeIfPresent(log, forKey: .log)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: Key.self)
        self.init(at: try json.decode(Date.self, forKey: .now))
        engine = try json.decodeIfPresent(EngineDescription.self, forKey: .engine)
        token = try json.decodeIfPresent(TokenStatus.self, forKey: .token)
        if json.contains(.data) {
            data = try DataStatus(json.nestedContainer(keyedBy: StatusKey.self, forKey: .data), stations: [])
        }
        stations = try json.decodeIfPresent([ToldStation].self, forKey: .stations)
        if json.contains(.readings) { readings = try Self.numbers(json.nestedUnkeyedContainer(forKey: .readings)) }
        if json.contains(.energy) {
            energy = try EnergyReadings(json.nestedContainer(keyedBy: StatusKey.self, forKey: .energy), homes: [])
        }
        homes = try json.decodeIfPresent([EnergyHome].self, forKey: .homes)
        events = try json.decodeIfPresent(NewEvents.self, forKey: .events)
        exporter = try json.decodeIfPresent(ExporterPart.self, forKey: .exporter)
        signIn = try json.decodeIfPresent(SignInStatus.self, forKey: .signIn)
        log = try json.decodeIfPresent(NewLines.self, forKey: .log)
    }

    /// One by one: an array of numbers decodes itself in three times as long.
    private static func numbers(_ json: consuming any UnkeyedDecodingContainer) throws -> [Double] {
        var numbers: [Double] = []
        numbers.reserveCapacity(min(json.count ?? 0, 1 << 20))
        while !json.isAtEnd { numbers.append(try json.decode(Double.self)) }
        return numbers
    }
}

extension StateUpdate.NewEvents: Codable {
    private enum Key: String, CodingKey {
        case from, events
    }

    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: Key.self)
        try json.encode(from, forKey: .from)
        try json.encode(events.map(EventRecord.init), forKey: .events)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: Key.self)
        self.init(
            from: try json.number(forKey: .from), events: try json.decode([EventRecord].self, forKey: .events).map(\.event))
    }
}

extension StateUpdate.NewLines: Codable {
    private enum Key: String, CodingKey {
        case from, lines, file
    }

    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: Key.self)
        try json.encode(from, forKey: .from)
        try json.encode(lines, forKey: .lines)
        try json.encode(file, forKey: .file)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: Key.self)
        self.init(
            from: try json.number(forKey: .from), lines: try json.decode([LogLine].self, forKey: .lines),
            file: try json.decode(LogFileStatus.self, forKey: .file))
    }
}

extension KeyedDecodingContainer {
    /// The number of an event or a line. No engine counts so far that what comes behind it could not be counted.
    fileprivate func number(forKey key: Key) throws -> Int {
        let number = try decode(Int.self, forKey: key)
        guard 0...(1 << 50) ~= number else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "no number that can be")
        }
        return number
    }
}

extension StateUpdate.ExporterPart: Codable {
    package func encode(to encoder: any Encoder) throws {
        let json = status.json + [.lastScrape: lastScrape]
        try json.encode(to: encoder)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        self.init(status: try ExporterStatus(json), lastScrape: try json.optional(.lastScrape))
    }
}
