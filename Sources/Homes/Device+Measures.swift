extension Device.Kind {
    /// What a device of the kind measures; `nil` for a kind that is not known.
    var measures: Set<Measure>? {
        switch self {
        case .base: Self.rooms.union(Self.temperatures)
        case .homeCoach: Self.rooms.union(Self.temperatures).union([.healthIndex])
        case .outdoor: Self.temperatures.union([.humidity])
        case .indoor: Self.temperatures.union([.humidity, .co2])
        case .wind: Self.winds
        case .rain: Self.rains
        case .room: [.temperature, .setpoint, .heatingPower, .humidity]
        case .boiler: []
        case .other: nil
        }
    }

    /// What a device of the kind measures by the words of its `data_type`; without a word that is known, what the kind does.
    /// `nil` where nothing is known.
    package func measures(dataTypes: [String]) -> Set<Measure>? {
        let known = dataTypes.compactMap { Self.words[$0.lowercased()] }
        guard !known.isEmpty else { return measures }
        let told = known.reduce(into: Set<Measure>()) { $0.formUnion($1) }
        // What NetAtmo derives for every home coach.
        return self == .homeCoach ? told.union([.healthIndex]) : told
    }

    private static let temperatures: Set<Measure> = [.temperature, .temperatureMinimum, .temperatureMaximum]
    private static let rooms: Set<Measure> = [.co2, .humidity, .noise, .pressure, .absolutePressure]
    private static let winds: Set<Measure> = [
        .windStrength, .windAngle, .gustStrength, .gustAngle, .windStrengthMaximum, .windAngleMaximum,
    ]
    private static let rains: Set<Measure> = [.rain, .rainLastHour, .rainToday]

    private static let words: [String: Set<Measure>] = [
        "temperature": temperatures, "co2": [.co2], "humidity": [.humidity], "noise": [.noise],
        "pressure": [.pressure, .absolutePressure], "rain": rains, "wind": winds, "health_idx": [.healthIndex],
    ]
}

extension Readings {
    /// Those of some measures alone.
    package func only(_ measures: Set<Measure>?) -> Readings {
        guard let measures, !measures.isSuperset(of: values.keys) || !measures.isSuperset(of: trends.keys.map(\.self) + times.keys)
        else { return self }
        return Readings(
            time: time, values: values.filter { measures.contains($0.key) }, trends: trends.filter { measures.contains($0.key) },
            times: times.filter { measures.contains($0.key) }, felt: felt, heating: heating
        )
    }
}
