import Homes

/// What a device measured last: its `dashboard_data`.
struct ReadingsAnswer: Decodable {
    let readings: Readings

    /// Reads what there is; see `LenientDecoding.swift`. A value that can't be is none.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        readings = Readings(
            time: container.date("time_utc"), values: MeasureTable { Self.value(of: $0, in: container) },
            trends: MeasureTable { Self.trendKeys[$0].flatMap(container.text).flatMap(Readings.Trend.init) },
            times: MeasureTable { Self.timeKeys[$0].flatMap(container.date) }
        )
    }

    private static func value(of measure: Measure, in container: KeyedDecodingContainer<AnyKey>) -> Double? {
        measure.isOfStations ? container.number(measure.key).flatMap(measure.reading) : nil
    }

    static let trendKeys: MeasureTable<String> = [.temperature: "temp_trend", .pressure: "pressure_trend"]
    static let timeKeys: MeasureTable<String> = [
        .temperatureMinimum: "date_min_temp",
        .temperatureMaximum: "date_max_temp",
        .windStrengthMaximum: "date_max_wind_str",
    ]
}
