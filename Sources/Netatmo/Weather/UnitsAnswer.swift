import Homes

/// What the account's user prefers to see: `user.administrative`.
struct UnitsAnswer: Decodable {
    let units: Units
    /// How warmth is told; `nil` where it is missing or unknown.
    let warmFormula: FeltTemperature.WarmFormula?

    /// Reads what there is; what is missing or unknown is metric.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        units = Units(
            system: container.integer("unit"), wind: container.integer("windunit"), pressure: container.integer("pressureunit"))
        warmFormula = container.integer("feel_like_algo").flatMap(FeltTemperature.WarmFormula.init)
    }
}

extension Units {
    /// The units of NetAtmo's numbers for them; what is missing or unknown is metric.
    init(system: Int?, wind: Int?, pressure: Int?) {
        self.init(
            temperature: system == 1 ? .fahrenheit : .celsius, rain: system == 1 ? .inches : .millimeters,
            // Both lists are in the order of NetAtmo's numbers.
            wind: Self.choice(wind, of: Wind.allCases) ?? .kilometersPerHour,
            pressure: Self.choice(pressure, of: Pressure.allCases) ?? .millibars)
    }

    private static func choice<Choice>(_ number: Int?, of choices: [Choice]) -> Choice? {
        number.flatMap { choices.indices.contains($0) ? choices[$0] : nil }
    }
}
