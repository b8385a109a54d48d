import Homes

/// What a device measured last: its `dashboard_data`.
struct ReadingsAnswer: Decodable {
    let readings: Readings

    /// Reads what there is; see `LenientDecoding.swift`. A value that can't be is none.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        var values: [Measure: Double] = [:]
        for measure in Measure.allCases {
            values[measure] = container.number(measure.key).flatMap(measure.reading)
        }
        readings = Readings(
            time: container.date("time_utc"), values: values,
            trends: Self.dictionary(Self.trendKeys) { container.text($0).flatMap(Readings.Trend.init) },
            times: Self.dictionary(Self.timeKeys) { container.date($0) }
        )
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
