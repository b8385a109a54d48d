import FoundationEssentials
package import Homes

// A station in the control socket's JSON: what stays, and apart from it what each fetch brings anew, so that thousands of modules
// take milliseconds. Keys without a value are left out, times are seconds since 1970.

/// Which station there is, with its devices, the base first.
package struct ToldStation: Sendable, Hashable, Codable {
    let name: String?
    let home: String?
    let homeID: String?
    let isFavorite: Bool
    let place: ToldPlace?
    let devices: [ToldDevice]

    package init(_ station: Station) {
        name = station.name
        home = station.homeName
        homeID = station.homeID
        isFavorite = station.isFavorite
        place = station.place.map(ToldPlace.init)
        devices = station.devices.map(ToldDevice.init)
    }

    /// Stations with their readings, one of each device in the order of the stations; `nil` where there are not as many.
    package static func stations(_ told: [ToldStation], _ readings: [ToldReadings]) -> [Station]? {
        guard told.reduce(0, { $0 + $1.devices.count }) == readings.count, told.allSatisfy({ !$0.devices.isEmpty }) else { return nil }
        var rest = readings[...]
        return told.map { station in
            defer { rest = rest.dropFirst(station.devices.count) }
            return station.station(rest.prefix(station.devices.count))
        }
    }

    private func station(_ readings: ArraySlice<ToldReadings>) -> Station {
        let devices = zip(devices, readings).map { $0.device($1) }
        return Station(
            base: devices[0], modules: Array(devices.dropFirst()), name: name, homeName: home, homeID: homeID, place: place?.place,
            isFavorite: isFavorite)
    }
}

/// Where a station stands.
struct ToldPlace: Hashable, Codable {
    let city: String?
    let country: String?
    let timeZone: String?
    /// Metres above sea level.
    let altitude: Double?

    init(_ place: Station.Place) {
        city = place.city
        country = place.country
        timeZone = place.timeZone
        altitude = place.altitude.flatMap { $0.isFinite ? $0 : nil }
    }

    var place: Station.Place { .init(timeZone: timeZone, country: country, city: city, altitude: altitude) }
}

/// Which device it is.
struct ToldDevice: Hashable, Codable {
    let id: String
    /// NetAtmo's word, such as `NAMain`.
    let type: String
    let name: String?
    let firmware: Int?
    /// What its values are of, in their order.
    let measures: [String]

    init(_ device: Device) {
        id = device.id
        type = device.kind.rawValue
        name = device.name
        firmware = device.firmware
        measures = device.toldMeasures.map(\.keptJSONKey)
    }

    func device(_ told: ToldReadings) -> Device {
        Device(
            id: id, kind: Device.Kind(rawValue: type), name: name, reachable: told.reachable, firmware: firmware, battery: told.battery,
            signal: told.signal, lastSeen: told.lastSeen.flatMap(Date.init(told:)), readings: told.readings(of: measures))
    }
}

/// What a device measured last, and how it does.
package struct ToldReadings: Sendable, Hashable, Codable {
    let reachable: Bool?
    /// What is left of the battery.
    let percent: Int?
    let millivolts: Int?
    /// `wifi_status` or `rf_status`, whichever the device has.
    let wifi: Int?
    let radio: Int?
    let lastSeen: Double?
    let measuredAt: Double?
    /// A value for each of the device's measures; left out where NetAtmo gives no readings.
    let values: [Double]?
    /// By the measure.
    let trends: [String: String]?
    /// When today's extremes were measured, by the measure.
    let times: [String: Double]?

    package init(_ device: Device) {
        reachable = device.reachable
        percent = device.battery?.percent
        millivolts = device.battery?.millivolts
        (wifi, radio) =
            switch device.signal {
            case .wifi(let number): (number, nil)
            case .radio(let number): (nil, number)
            case nil: (nil, nil)
            }
        lastSeen = device.lastSeen?.timeIntervalSince1970
        let readings = device.readings
        measuredAt = readings?.time?.timeIntervalSince1970
        values = readings.map { readings in device.toldMeasures.compactMap { readings[$0] } }
        trends = readings.flatMap { $0.trends.isEmpty ? nil : Self.byKey($0.trends.mapValues(\.rawValue)) }
        times = readings.flatMap { $0.times.isEmpty ? nil : Self.byKey($0.times.mapValues(\.timeIntervalSince1970)) }
    }

    private static func byKey<Value>(_ values: [Measure: Value]) -> [String: Value] {
        Dictionary(uniqueKeysWithValues: values.map { ($0.keptJSONKey, $1) })
    }

    fileprivate var battery: Device.Battery? {
        percent == nil && millivolts == nil ? nil : Device.Battery(percent: percent, millivolts: millivolts)
    }

    fileprivate var signal: Device.Signal? {
        wifi.map { .wifi($0) } ?? radio.map { .radio($0) }
    }

    /// - Parameter keys: What the values are of. A measure that this release does not know is left out.
    fileprivate func readings(of keys: [String]) -> Readings? {
        guard let values else { return nil }
        let pairs = zip(keys, values).compactMap { key, value in Measure(jsonKey: key).map { ($0, value) } }
        return Readings(
            time: measuredAt.flatMap(Date.init(told:)), values: Dictionary(pairs) { first, _ in first },
            trends: Self.byMeasure(trends ?? [:]) { Readings.Trend(rawValue: $0) },
            times: Self.byMeasure(times ?? [:], Date.init(told:)))
    }

    private static func byMeasure<Told, Value>(_ told: [String: Told], _ value: (Told) -> Value?) -> [Measure: Value] {
        Dictionary(
            told.compactMap { key, told in
                guard let measure = Measure(jsonKey: key), let value = value(told) else { return nil }
                return (measure, value)
            }
        ) { first, _ in first }
    }
}

extension Device {
    /// What it measured that JSON has a number for, in a fixed order.
    fileprivate var toldMeasures: [Measure] {
        guard let readings else { return [] }
        return Measure.allCases.filter { readings[$0]?.isFinite ?? false }
    }
}

extension Date {
    /// A time as the protocol tells it; `nil` for one that no calendar has.
    fileprivate init?(told seconds: Double) {
        guard (0..<253_402_300_800).contains(seconds) else { return nil }
        self.init(timeIntervalSince1970: seconds)
    }
}

extension Measure {
    private static let byJSONKey = Dictionary(uniqueKeysWithValues: allCases.map { ($0.jsonKey, $0) })
    private static let jsonKeys = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.jsonKey) })

    fileprivate init?(jsonKey: String) {
        guard let measure = Self.byJSONKey[jsonKey] else { return nil }
        self = measure
    }

    /// ``jsonKey``, without making it anew each time.
    fileprivate var keptJSONKey: String { Self.jsonKeys[self] ?? jsonKey }
}
