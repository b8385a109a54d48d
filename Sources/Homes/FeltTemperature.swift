import FoundationEssentials
import Glibc

/// How warm it feels outside.
package struct FeltTemperature: Sendable, Hashable {
    /// Which formula the account's user prefers where it is warm: NetAtmo's `feel_like_algo`.
    package enum WarmFormula: Int, Sendable, Hashable {
        case humidex = 0
        case heatIndex = 1
    }

    /// What it follows from. The words are those of our own JSON.
    package enum Formula: String, Sendable, Hashable, CaseIterable {
        case windChill
        case humidex
        case heatIndex

        package var words: String {
            switch self {
            case .windChill: "wind chill"
            case .humidex: "humidex"
            case .heatIndex: "heat index"
            }
        }
    }

    /// Degrees Celsius.
    package let celsius: Double
    /// `nil` where none holds: it feels as it is.
    package let formula: Formula?

    package init(celsius: Double, formula: Formula?) {
        self.celsius = celsius
        self.formula = formula
    }

    /// What the formula that holds makes of the air and the wind.
    ///
    /// Up to 10 °C it is the wind chill, above 4.8 km/h of wind. From 20 °C on it is the humidex (``MoistAir/humidex``), or from 80 °F on
    /// (26.7 °C) the heat index (``MoistAir/heatIndex``), whose regression holds from there. Elsewhere it feels as it is.
    ///
    /// - Parameters:
    ///   - temperature: Degrees Celsius.
    ///   - humidity: Relative, in per cent; `nil` where it is not known.
    ///   - wind: The mean wind in km/h; `nil` where it is not known: then in the cold it is not known either how that feels.
    package init?(temperature: Double, humidity: Double?, wind: Double?, warmFormula: WarmFormula) {
        if temperature <= WindChill.warmest {
            guard let wind else { return nil }
            self = WindChill.celsius(temperature, wind: wind).map { .init(celsius: $0, formula: .windChill) } ?? .init(air: temperature)
            return
        }
        let air = humidity.map { MoistAir(temperature: temperature, humidity: $0) }
        switch warmFormula {
        case .humidex: self = air?.humidex.map { .init(celsius: $0, formula: .humidex) } ?? .init(air: temperature)
        case .heatIndex:
            let index = temperature * 9 / 5 + 32 >= 80 ? air?.heatIndex : nil
            self = index.map { .init(celsius: $0, formula: .heatIndex) } ?? .init(air: temperature)
        }
    }

    private init(air temperature: Double) {
        self.init(celsius: temperature, formula: nil)
    }
}

/// The wind chill of the Joint Action Group for Temperature Indices (JAG/TI, 2001), which Environment Canada and the US National Weather
/// Service use: up to 10 °C (50 °F), and above a walker's 4.8 km/h (3 mph).
///
/// It is made for the wind 10 m above the ground. A gauge in a garden stands lower, where the wind is weaker, so that it feels colder in
/// the open.
private enum WindChill {
    /// Degrees Celsius.
    static let warmest = 10.0
    /// In km/h.
    private static let calm = 4.8

    /// `nil` where the wind is too weak for it.
    static func celsius(_ temperature: Double, wind: Double) -> Double? {
        guard wind > calm else { return nil }
        let force = pow(wind, 0.16)
        let chill = 13.12 + 0.6215 * temperature - 11.37 * force + 0.3965 * temperature * force
        return (chill * 100).rounded() / 100
    }
}

// MARK: - Of stations

extension Array<Station> {
    /// The stations, with how warm it feels at each outdoor module: by the wind gauge of its station, or else of its home, as long as that
    /// measured within half an hour of it.
    package func withFeltTemperatures(_ warmFormula: FeltTemperature.WarmFormula) -> [Station] {
        guard contains(where: { $0.modules.contains { $0.kind == .outdoor } }) else { return self }
        let gauges = Dictionary(grouping: self, by: HomeKey.init).mapValues { $0.flatMap(\.windGauges) }
        return map { station in
            guard station.modules.contains(where: { $0.kind == .outdoor }) else { return station }
            let gauges = station.windGauges + (gauges[HomeKey(station)] ?? [])
            return station.withModules(
                station.modules.map { $0.kind == .outdoor ? $0.feeling(among: gauges, warmFormula) : $0 })
        }
    }
}

extension Station {
    fileprivate var windGauges: [Readings] {
        modules.filter { $0.kind == .wind }.compactMap(\.readings)
    }

    fileprivate func withModules(_ modules: [Device]) -> Station {
        Station(
            base: base, modules: modules, name: name, homeName: homeName, homeID: homeID, place: place, isFavorite: isFavorite)
    }
}

extension Device {
    /// How far apart, in seconds, air and wind may have been measured.
    private static let patience: TimeInterval = 1800

    fileprivate func feeling(among gauges: [Readings], _ warmFormula: FeltTemperature.WarmFormula) -> Device {
        guard let readings, let temperature = readings[.temperature] else { return self }
        let wind = gauges.lazy.filter { gauge in
            guard let time = gauge.time, let own = readings.time else { return false }
            return abs(time.timeIntervalSince(own)) <= Self.patience
        }.compactMap { $0[.windStrength] }.first
        let felt = FeltTemperature(temperature: temperature, humidity: readings[.humidity], wind: wind, warmFormula: warmFormula)
        return Device(
            id: id, kind: kind, name: name, reachable: reachable, firmware: firmware, battery: battery, signal: signal,
            lastSeen: lastSeen, setUp: setUp,
            readings: Readings(time: readings.time, values: readings.values, trends: readings.trends, times: readings.times, felt: felt))
    }
}
