package import Homes

extension StatusDocument {
    /// The units that the account's user chose at NetAtmo, by their signs. The readings are written in them
    /// beside NetAtmo's own, metric ones.
    package struct UnitsPart: Codable, Sendable, Hashable {
        package let temperature: String
        package let rain: String
        package let wind: String
        package let pressure: String

        package init(_ units: Units) {
            temperature = units.symbol(of: .temperature)
            rain = units.symbol(of: .rain)
            wind = units.symbol(of: .windStrength)
            pressure = units.symbol(of: .pressure)
        }
    }
}
