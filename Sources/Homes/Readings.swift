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

    package init(
        time: Date?, values: MeasureTable<Double>, trends: MeasureTable<Trend> = MeasureTable(), times: MeasureTable<Date> = MeasureTable(),
        felt: FeltTemperature? = nil
    ) {
        self.time = time
        self.values = values
        self.trends = trends
        self.times = times
        self.felt = felt
    }

    /// The value of a measure, in its unit.
    package subscript(measure: Measure) -> Double? {
        values[measure]
    }
}
