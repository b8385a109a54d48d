import FoundationEssentials
import Homes
import System

/// A station as `/api/status` shows it.
package struct StationStatus: Codable, Sendable {
    package let id: String
    @Nullable package var name: String?
    @Nullable package var home: String?
    package let isFavorite: Bool
    @Nullable package var place: PlacePart?
    /// The base, then its modules.
    package let modules: [ModulePart]

    /// - Parameters:
    ///   - station: The station.
    ///   - freshness: Says what is stale.
    init(_ station: Station, _ freshness: Freshness) {
        self.init(station, modules: station.devices.map { ModulePart($0, freshness) })
    }

    /// - Parameters:
    ///   - station: The station.
    ///   - modules: Its devices.
    init(_ station: Station, modules: [ModulePart]) {
        id = station.base.id
        name = station.name
        home = station.homeName
        isFavorite = station.isFavorite
        place = station.place.map(PlacePart.init)
        self.modules = modules
    }
}

extension StationStatus {
    /// Where it stands.
    package struct PlacePart: Codable, Sendable {
        @Nullable package var city: String?
        @Nullable package var country: String?
        @Nullable package var altitude: Double?
        @Nullable package var timeZone: String?

        init(_ place: Station.Place) {
            city = place.city
            country = place.country
            altitude = place.altitude?.ifFinite
            timeZone = place.timeZone
        }
    }

    /// A base or a module.
    package struct ModulePart: Codable, Sendable {
        package let id: String
        @Nullable package var name: String?
        package let type: String
        package let kind: String
        package let isReachable: Bool
        package let isStale: Bool
        @Nullable package var measuredAt: String?
        @Nullable package var lastSeen: String?
        @Nullable package var firmware: Int?
        @Nullable package var battery: BatteryPart?
        @Nullable package var signal: SignalPart?
        package let readings: [String: ReadingPart]

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
            battery = module.battery.map {
                BatteryPart(percent: $0.percent, millivolts: $0.millivolts, level: module.batteryLevel?.statusWord)
            }
            signal = module.signal.map(SignalPart.init)
            readings = module.readings.map(ReadingPart.all) ?? [:]
        }
    }

    /// The battery of a module.
    package struct BatteryPart: Codable, Sendable {
        @Nullable package var percent: Int?
        @Nullable package var millivolts: Int?
        /// NetAtmo's step of it: see `Module.BatteryLevel.statusWord`.
        @Nullable package var level: String?
    }

    /// How well a device is heard, as NetAtmo counts it.
    package struct SignalPart: Codable, Sendable {
        package let kind: String
        package let value: Int

        init(_ signal: Module.Signal) {
            switch signal {
            case .wifi(let strength): (kind, value) = ("wifi", strength)
            case .radio(let strength): (kind, value) = ("radio", strength)
            }
        }
    }

    /// A measured value.
    package struct ReadingPart: Codable, Sendable {
        package let value: Double
        package let unit: String
        @Nullable package var trend: String?
        @Nullable package var time: String?

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
