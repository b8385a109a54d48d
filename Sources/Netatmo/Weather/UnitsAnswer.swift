import Homes

/// What the account's user prefers to see: `user.administrative`.
struct UnitsAnswer: Decodable {
    let units: Units
    /// How warmth is told; `nil` where it is missing or unknown.
    let warmFormula: FeltTemperature.WarmFormula?

    /// Reads what there is; what is missing or unknown is metric.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        let isImperial = container.integer("unit") == 1
        units = Units(
            temperature: isImperial ? .fahrenheit : .celsius, rain: isImperial ? .inches : .millimeters,
            // Both lists are in the order of NetAtmo's numbers.
            wind: Self.choice(container.integer("windunit"), of: Units.Wind.allCases) ?? .kilometersPerHour,
            pressure: Self.choice(container.integer("pressureunit"), of: Units.Pressure.allCases) ?? .millibars
        )
        warmFormula = container.integer("feel_like_algo").flatMap(FeltTemperature.WarmFormula.init)
    }

    private static func choice<Choice>(_ number: Int?, of choices: [Choice]) -> Choice? {
        number.flatMap { choices.indices.contains($0) ? choices[$0] : nil }
    }
}
