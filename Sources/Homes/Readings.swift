public import FoundationEssentials

/// What a module measured last: its `dashboard_data`.
public struct Readings: Sendable, Hashable {
    /// Where a value is heading.
    public enum Trend: String, Sendable, Hashable {
        /// Rising.
        case up
        /// As it was.
        case stable
        /// Falling.
        case down
    }

    /// When it was measured.
    public let time: Date?
    /// The values that there are, each in its measure's unit.
    public let values: [Measure: Double]
    /// Trends of temperature and pressure.
    public let trends: [Measure: Trend]
    /// When today's extremes were measured.
    public let times: [Measure: Date]

    /// Creates readings.
    public init(time: Date?, values: [Measure: Double], trends: [Measure: Trend] = [:], times: [Measure: Date] = [:]) {
        self.time = time
        self.values = values
        self.trends = trends
        self.times = times
    }

    /// The value of a measure, in its unit.
    public subscript(measure: Measure) -> Double? {
        values[measure]
    }
}
