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

extension Readings: Decodable {
    /// Reads what there is; see `LenientDecoding.swift`. A value that can't be is none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        var values: [Measure: Double] = [:]
        for measure in Measure.allCases {
            values[measure] = container.number(measure.rawValue).flatMap(measure.reading)
        }
        self.values = values
        time = container.date("time_utc")
        trends = Self.dictionary(Self.trendKeys) { container.text($0).flatMap(Trend.init) }
        times = Self.dictionary(Self.timeKeys) { container.date($0) }
    }

    static let trendKeys: [Measure: String] = [.temperature: "temp_trend", .pressure: "pressure_trend"]
    static let timeKeys: [Measure: String] = [
        .temperatureMinimum: "date_min_temp",
        .temperatureMaximum: "date_max_temp",
        .windStrengthMaximum: "date_max_wind_str",
    ]

    private static func dictionary<Value>(_ keys: [Measure: String], _ value: (String) -> Value?) -> [Measure: Value] {
        keys.reduce(into: [:]) { $0[$1.key] = value($1.value) }
    }
}
