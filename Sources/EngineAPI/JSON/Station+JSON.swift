package import Homes

/// A station in JSON, with what is to be thought of its devices.
package struct JudgedStation: Encodable {
    private let station: Station
    private let devices: [JudgedDevice]

    /// - Parameters:
    ///   - devices: Its devices, or those of them that are to be told with it.
    ///   - units: What the readings are told in beside NetAtmo's units.
    package init(_ station: Station, devices: [Device], freshness: Freshness, units: Units) {
        self.station = station
        self.devices = devices.map { JudgedDevice(device: $0, freshness: freshness, units: units) }
    }

    package func encode(to encoder: any Encoder) throws {
        let json: StatusObject = [
            .id: station.base.id, .name: station.name, .home: station.homeName, .homeID: station.homeID,
            .isFavorite: station.isFavorite, .place: station.place, .modules: devices,
        ]
        try json.encode(to: encoder)
    }
}

extension Station: Decodable {
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        let devices: [Device] = try json.required(.modules)
        guard let base = devices.first else {
            throw DecodingError.dataCorruptedError(forKey: .modules, in: json, debugDescription: "a station without its base")
        }
        self.init(
            base: base, modules: Array(devices.dropFirst()), name: try json.optional(.name), homeName: try json.optional(.home),
            homeID: try json.optional(.homeID), place: try json.optional(.place), isFavorite: try json.required(.isFavorite)
        )
    }
}

extension Station.Place: Codable {
    package func encode(to encoder: any Encoder) throws {
        // JSON has no text for what is not finite.
        let altitude = altitude.flatMap { $0.isFinite ? $0 : nil }
        let json: StatusObject = [.city: city, .country: country, .altitude: altitude, .timeZone: timeZone]
        try json.encode(to: encoder)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        self.init(
            timeZone: try json.optional(.timeZone), country: try json.optional(.country), city: try json.optional(.city),
            altitude: try json.optional(.altitude)
        )
    }
}
