/// One of the comma-separated names in `type`: a quantity, and what to make of its values within a step.
struct MeasureType: Equatable, Sendable {
    enum Quantity: String, Sendable {
        case temperature, humidity, co2, noise, pressure
        case windStrength = "windstrength"
        case windAngle = "windangle"
        case gustStrength = "guststrength"
        case gustAngle = "gustangle"
        case rain
    }

    enum Summary: Sendable {
        /// Mean of the step; for directions the latest, for rain the sum.
        case plain
        case lowest, highest, sum
    }

    let quantity: Quantity
    let summary: Summary

    /// NetAtmo writes `Temperature` and `temperature`, `min_temp`, `sum_rain`; capitals make no difference here.
    init?(name: String) {
        let name = name.lowercased()
        switch name {
        case "min_temp": (quantity, summary) = (.temperature, .lowest)
        case "max_temp": (quantity, summary) = (.temperature, .highest)
        case "min_hum": (quantity, summary) = (.humidity, .lowest)
        case "max_hum": (quantity, summary) = (.humidity, .highest)
        case "min_pressure": (quantity, summary) = (.pressure, .lowest)
        case "max_pressure": (quantity, summary) = (.pressure, .highest)
        case "min_noise": (quantity, summary) = (.noise, .lowest)
        case "max_noise": (quantity, summary) = (.noise, .highest)
        case "min_co2": (quantity, summary) = (.co2, .lowest)
        case "max_co2": (quantity, summary) = (.co2, .highest)
        case "max_gust": (quantity, summary) = (.gustStrength, .highest)
        case "sum_rain": (quantity, summary) = (.rain, .sum)
        default:
            guard let named = Quantity(rawValue: name) else { return nil }
            (quantity, summary) = (named, .plain)
        }
    }
}
