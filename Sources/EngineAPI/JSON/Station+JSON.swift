import FoundationEssentials
package import Homes

/// A station in JSON, with what is to be thought of its devices.
package struct JudgedStation: Encodable {
    private let station: Station
    private let devices: [JudgedDevice]

    /// - Parameters:
    ///   - station: What is told.
    ///   - devices: Its devices, or those of them that are to be told with it.
    ///   - freshness: Says which of them are stale.
    ///   - units: What the readings are told in beside NetAtmo's units.
    package init(_ station: Station, devices: [Device], freshness: Freshness, units: Units) {
        self.station = station
        self.devices = devices.map { JudgedDevice(device: $0, freshness: freshness, units: units) }
    }

    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(station.base.id, forKey: .id)
        try json.encode(station.name, forKey: .name)
        try json.encode(station.homeName, forKey: .home)
        try json.encode(station.homeID, forKey: .homeID)
        try json.encode(station.isFavorite, forKey: .isFavorite)
        try json.encode(station.place, forKey: .place)
        try json.encode(devices, forKey: .modules)
    }
}

extension Station: Decodable {
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        let devices = try json.decode([Device].self, forKey: .modules)
        guard let base = devices.first else {
            throw DecodingError.dataCorruptedError(forKey: .modules, in: json, debugDescription: "a station without its base")
        }
        self.init(
            base: base, modules: Array(devices.dropFirst()), name: try json.optional(.name), homeName: try json.optional(.home),
            homeID: try json.optional(.homeID), place: try json.optional(.place),
            isFavorite: try json.decode(Bool.self, forKey: .isFavorite)
        )
    }
}

extension Station.Place: Codable {
    package func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(city, forKey: .city)
        try json.encode(country, forKey: .country)
        // JSON has no text for what is not finite.
        try json.encode(altitude.flatMap { $0.isFinite ? $0 : nil }, forKey: .altitude)
        try json.encode(timeZone, forKey: .timeZone)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        self.init(
            timeZone: try json.optional(.timeZone), country: try json.optional(.country), city: try json.optional(.city),
            altitude: try json.optional(.altitude)
        )
    }
}
