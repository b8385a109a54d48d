/// One of the comma-separated names in `type`: a quantity, and what to make of its values within a step.
struct MeasureType: Equatable, Sendable {
    enum Quantity: String, Hashable, Sendable {
        case temperature, humidity, co2, noise, pressure
        case windStrength = "windstrength"
        case windAngle = "windangle"
        case gustStrength = "guststrength"
        case gustAngle = "gustangle"
        case rain
    }

    enum Summary: Sendable {
        /// Mean of the step; for directions the latest, for rain the sum, for gusts the strongest and where it came from.
        case plain
        case lowest, highest, sum
        /// When that was, in Unix seconds.
        case lowestTime, highestTime
    }

    let quantity: Quantity
    let summary: Summary

    /// NetAtmo writes `Temperature` and `temperature`, `min_temp`, `sum_rain`; capitals make no difference here.
    init?(name: String) {
        let name = name.lowercased()
        if let extreme = Self.extremes[name] {
            (quantity, summary) = extreme
        } else if let named = Quantity(rawValue: name) {
            (quantity, summary) = (named, .plain)
        } else {
            return nil
        }
    }

    private static let extremes: [String: (Quantity, Summary)] = {
        var extremes: [String: (Quantity, Summary)] = [
            "sum_rain": (.rain, .sum), "max_gust": (.gustStrength, .highest), "date_max_gust": (.gustStrength, .highestTime),
        ]
        let names: [(String, Quantity)] = [
            ("temp", .temperature), ("hum", .humidity), ("pressure", .pressure), ("noise", .noise), ("co2", .co2),
        ]
        for (name, quantity) in names {
            extremes["min_" + name] = (quantity, .lowest)
            extremes["max_" + name] = (quantity, .highest)
            extremes["date_min_" + name] = (quantity, .lowestTime)
            extremes["date_max_" + name] = (quantity, .highestTime)
        }
        return extremes
    }()

    /// Whether NetAtmo has it at a scale: extremes and sums from half an hour on, those of CO₂ and the times of all from a day on.
    func isKept(at scale: MeasureRequest.Scale) -> Bool {
        switch summary {
        case .plain: true
        case .lowestTime, .highestTime: scale.isOfCalendar
        case .lowest, .highest: scale.isOfCalendar || (scale != .max && quantity != .co2)
        case .sum: scale != .max
        }
    }
}
