package import Homes

extension StatusDocument {
    /// The units that the account's user chose at NetAtmo, by their signs. The readings are in metric ones all the same.
    package struct UnitsPart: Codable, Sendable, Hashable {
        package let temperature: String
        package let rain: String
        package let wind: String
        package let pressure: String

        init(_ units: Units) {
            temperature = units.symbol(of: .temperature)
            rain = units.symbol(of: .rain)
            wind = units.symbol(of: .windStrength)
            pressure = units.symbol(of: .pressure)
        }

        /// The units themselves; metric where a sign is none that this release knows.
        package var units: Units {
            let temperatures = [Units.Temperature.celsius, .fahrenheit].map { Units(temperature: $0) }
            let rains = [Units.Rain.millimeters, .inches].map { Units(rain: $0) }
            let winds = Units.Wind.allCases.map { Units(wind: $0) }
            let pressures = Units.Pressure.allCases.map { Units(pressure: $0) }
            let metric = Units.metric
            return Units(
                temperature: (temperatures.first { $0.symbol(of: .temperature) == temperature } ?? metric).temperature,
                rain: (rains.first { $0.symbol(of: .rain) == rain } ?? metric).rain,
                wind: (winds.first { $0.symbol(of: .windStrength) == wind } ?? metric).wind,
                pressure: (pressures.first { $0.symbol(of: .pressure) == pressure } ?? metric).pressure
            )
        }
    }
}
