extension Measure {
    /// How far a value is along the colours that its measure is drawn in, from 0 to 1. It depends on the value alone, so that a colour
    /// means the same in every chart: a green is 16 °C today and in a year, in this room and in that one.
    ///
    /// Colours, not judgements: those are ``Verdict``'s. Carbon dioxide alone has its thresholds in the middle and at the end.
    ///
    /// - Parameter value: In the measure's unit.
    package func intensity(of value: Double) -> Double {
        guard value.isFinite else { return 0 }
        let scale: [(value: Double, place: Double)] =
            switch unit {
            case .celsius: [(-20, 0), (40, 1)]
            case .percent: [(0, 0), (100, 1)]
            case .partsPerMillion: [(400, 0), (Thresholds.carbonDioxide.warning, 0.5), (Thresholds.carbonDioxide.bad, 1)]
            case .decibels: [(30, 0), (85, 1)]
            case .millibars: [(970, 0), (1050, 1)]
            // A breeze, a strong wind, a storm, a hurricane.
            case .kilometersPerHour: [(0, 0), (20, 0.25), (50, 0.55), (90, 0.8), (120, 1)]
            case .millimeters: [(0, 0), (1, 0.25), (5, 0.5), (25, 1)]
            // Warm, as what burns is.
            case .minutesPerHour: [(0, 0.68), (60, 0.95)]
            case .degrees: [(0, 0), (360, 1)]
            case .index: [(0, 0), (4, 1)]
            }
        return Self.place(of: value, on: scale)
    }

    private static func place(of value: Double, on scale: [(value: Double, place: Double)]) -> Double {
        guard let first = scale.first, let last = scale.last, value > first.value else { return scale.first?.place ?? 0 }
        for (lower, upper) in zip(scale, scale.dropFirst()) where value <= upper.value {
            return lower.place + (value - lower.value) / (upper.value - lower.value) * (upper.place - lower.place)
        }
        return last.place
    }
}
