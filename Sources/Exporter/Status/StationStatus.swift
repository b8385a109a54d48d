import FoundationEssentials
import Netatmo

/// A station as `/api/status` shows it.
struct StationStatus: Encodable, Sendable {
    let id: String
    @Nullable var name: String?
    @Nullable var home: String?
    let isFavorite: Bool
    @Nullable var place: PlacePart?
    /// The base, then its modules.
    let modules: [ModulePart]

    /// - Parameters:
    ///   - station: The station.
    ///   - freshness: Says what is stale.
    init(_ station: Station, _ freshness: Freshness) {
        id = station.base.id
        name = station.name
        home = station.homeName
        isFavorite = station.isFavorite
        place = station.place.map(PlacePart.init)
        modules = station.devices.map { ModulePart($0, freshness) }
    }
}

extension StationStatus {
    /// Where it stands.
    struct PlacePart: Encodable, Sendable {
        @Nullable var city: String?
        @Nullable var country: String?
        @Nullable var altitude: Double?
        @Nullable var timeZone: String?

        init(_ place: Station.Place) {
            city = place.city
            country = place.country
            altitude = place.altitude?.ifFinite
            timeZone = place.timeZone
        }
    }

    /// A base or a module.
    struct ModulePart: Encodable, Sendable {
        let id: String
        @Nullable var name: String?
        let type: String
        let kind: String
        let isReachable: Bool
        let isStale: Bool
        @Nullable var measuredAt: String?
        @Nullable var lastSeen: String?
        @Nullable var firmware: Int?
        @Nullable var battery: BatteryPart?
        @Nullable var signal: SignalPart?
        let readings: [String: ReadingPart]

        init(_ module: Module, _ freshness: Freshness) {
            let time = module.readings?.time
            id = module.id
            name = module.name
            type = module.kind.rawValue
            kind = module.kind.statusWord
            isReachable = module.isReachable
            isStale = !freshness.isFresh(module)
            measuredAt = time.map(RFC3339.text)
            lastSeen = module.lastSeen.map(RFC3339.text)
            firmware = module.firmware
            battery = module.battery.map { BatteryPart(percent: $0.percent, millivolts: $0.millivolts) }
            signal = module.signal.map(SignalPart.init)
            readings = module.readings.map(ReadingPart.all) ?? [:]
        }
    }

    /// The battery of a module.
    struct BatteryPart: Encodable, Sendable {
        @Nullable var percent: Int?
        @Nullable var millivolts: Int?
    }

    /// How well a device is heard, as NetAtmo counts it.
    struct SignalPart: Encodable, Sendable {
        let kind: String
        let value: Int

        init(_ signal: Module.Signal) {
            switch signal {
            case .wifi(let strength): (kind, value) = ("wifi", strength)
            case .radio(let strength): (kind, value) = ("radio", strength)
            }
        }
    }

    /// A measured value.
    struct ReadingPart: Encodable, Sendable {
        let value: Double
        let unit: String
        @Nullable var trend: String?
        @Nullable var time: String?

        /// The readings of a module, by the names of their measures.
        static func all(_ readings: Readings) -> [String: ReadingPart] {
            readings.values.reduce(into: [:]) { parts, reading in
                let (measure, value) = reading
                guard value.isFinite else { return }
                parts[measure.statusKey] = ReadingPart(
                    value: value, unit: measure.unit.rawValue, trend: readings.trends[measure]?.rawValue,
                    time: readings.times[measure].map(RFC3339.text)
                )
            }
        }
    }
}

extension Double {
    /// The number, where JSON has a text for it.
    fileprivate var ifFinite: Double? {
        isFinite ? self : nil
    }
}
