package import FoundationEssentials

/// What a module measured last: its `dashboard_data`.
package struct Readings: Sendable, Hashable {
    /// Where a value is heading.
    package enum Trend: String, Sendable, Hashable {
        case up, stable, down
    }

    /// When it was measured.
    package let time: Date?
    /// The values that there are, each in its measure's unit.
    package let values: MeasureTable<Double>
    /// Trends of temperature and pressure.
    package let trends: MeasureTable<Trend>
    /// When today's extremes were measured.
    package let times: MeasureTable<Date>
    /// How warm that feels, at an outdoor module; not NetAtmo's.
    package let felt: FeltTemperature?
    /// Of one, or empty: that takes eight bytes of the thousands of modules that heat nothing.
    private let heatings: [Heating]

    /// What a room's heating, or a boiler, does beside its numbers.
    package var heating: Heating? { heatings.first }

    package init(
        time: Date?, values: MeasureTable<Double>, trends: MeasureTable<Trend> = MeasureTable(), times: MeasureTable<Date> = MeasureTable(),
        felt: FeltTemperature? = nil, heating: Heating? = nil
    ) {
        self.time = time
        self.values = values
        self.trends = trends
        self.times = times
        self.felt = felt
        heatings = heating.map { [$0] } ?? []
    }

    /// The value of a measure, in its unit.
    package subscript(measure: Measure) -> Double? {
        values[measure]
    }
}
