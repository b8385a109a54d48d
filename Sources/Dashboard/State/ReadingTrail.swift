import FoundationEssentials
import Netatmo

/// The values of each module's main measure since the start, bounded, for the chart.
struct ReadingTrail: Sendable {
    /// One value at a time.
    struct Point: Sendable, Hashable {
        let time: Date
        let value: Double
    }

    /// Points kept of a module: a day at NetAtmo's 5 minutes.
    static let capacity = 288

    private var points: [String: [Point]] = [:]

    /// Takes the new readings; one that was there already is left out.
    mutating func add(_ stations: [Station]) {
        for module in stations.flatMap(\.devices) {
            guard let measure = module.mainMeasure, let value = module.readings?[measure], let time = module.readings?.time,
                points[module.id]?.last?.time != time
            else { continue }
            var trail = points[module.id, default: []]
            if trail.count >= Self.capacity { trail.removeFirst() }
            trail.append(Point(time: time, value: value))
            points[module.id] = trail
        }
    }

    /// The values of a module, oldest first.
    func points(of module: Module) -> [Point] {
        points[module.id] ?? []
    }
}

extension Module {
    /// The measure that says most about a module.
    var mainMeasure: Measure? {
        let byImportance: [Measure] = [.temperature, .windStrength, .rainToday, .rain, .co2, .humidity, .pressure, .noise]
        return byImportance.first { readings?[$0] != nil }
    }
}
