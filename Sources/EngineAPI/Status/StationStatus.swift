import FoundationEssentials
package import Homes
import OperatingSystem

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
    ///   - units: What the readings are told in beside NetAtmo's units.
    package init(_ station: Station, _ freshness: Freshness, units: Units) {
        self.init(station, modules: station.devices.map { ModulePart($0, freshness, units: units) })
    }

    /// - Parameters:
    ///   - station: The station.
    ///   - modules: Its devices.
    package init(_ station: Station, modules: [ModulePart]) {
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

        package init(_ place: Station.Place) {
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

        package init(_ module: Device, _ freshness: Freshness, units: Units) {
            let judgement = Judgement(of: module, freshness)
            let time = module.readings?.time
            id = module.id
            name = module.name
            type = module.kind.rawValue
            kind = module.kind.statusWord
            isReachable = module.isReachable
            isStale = judgement.isStale
            measuredAt = time.map(RFC3339.text)
            lastSeen = module.lastSeen.map(RFC3339.text)
            firmware = module.firmware
            battery = module.battery.map { BatteryPart($0, module.batteryLevel) }
            signal = module.signal.map { SignalPart($0, module.signalLevel) }
            readings = module.readings.map { ReadingPart.all($0, judgement, units: units) } ?? [:]
        }
    }

    /// The battery of a module, and what is to be thought of it.
    package struct BatteryPart: Codable, Sendable {
        @Nullable package var percent: Int?
        @Nullable package var millivolts: Int?
        /// See `Device.BatteryLevel.statusWord`.
        @Nullable package var level: String?
        @Nullable package var verdict: Verdict?
        /// The level in English.
        @Nullable package var word: String?

        package init(_ battery: Device.Battery, _ level: Device.BatteryLevel?) {
            (percent, millivolts) = (battery.percent, battery.millivolts)
            (self.level, verdict, word) = (level?.statusWord, level?.verdict, level?.words)
        }
    }

    /// How well a device is heard, as NetAtmo counts it, and what is to be thought of it; not judged where the device is out of reach.
    package struct SignalPart: Codable, Sendable {
        package let kind: String
        package let value: Int
        /// See `Device.SignalLevel.statusWord`.
        @Nullable package var level: String?
        @Nullable package var verdict: Verdict?
        /// The level in English.
        @Nullable package var word: String?

        package init(_ signal: Device.Signal, _ level: Device.SignalLevel?) {
            kind =
                switch signal {
                case .wifi: "wifi"
                case .radio: "radio"
                }
            value = signal.number
            (self.level, verdict, word) = (level?.statusWord, level?.verdict, level?.words)
        }
    }

    /// A measured value: for programs in NetAtmo's units, for people in those of the account, and what is to be thought of it.
    package struct ReadingPart: Codable, Sendable {
        package let value: Double
        package let unit: String
        /// The value as people read it: see ``ReadingText``.
        package let text: String
        package let textUnit: String
        /// Not judged where it is stale.
        @Nullable package var verdict: Verdict?
        /// The verdict in English, where it needs a word.
        @Nullable package var word: String?
        @Nullable package var trend: String?
        @Nullable package var time: String?

        /// The readings of a module, by the names of their measures.
        package static func all(_ readings: Readings, _ judgement: Judgement, units: Units) -> [String: ReadingPart] {
            readings.values.reduce(into: [:]) { parts, reading in
                let (measure, value) = reading
                guard value.isFinite else { return }
                let shown = ReadingText(value, of: measure, in: units)
                parts[measure.statusKey] = ReadingPart(
                    value: value, unit: measure.unit.rawValue, text: shown.text, textUnit: shown.unit,
                    verdict: judgement.verdict(of: measure), word: judgement.word(of: measure),
                    trend: readings.trends[measure]?.rawValue, time: readings.times[measure].map(RFC3339.text)
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
