import Homes

/// One of the values of each time that NetAtmo is asked for: what it is called there, and what it is here.
struct HistoryColumn: Equatable {
    let measure: Measure
    /// `nil` for the value itself.
    let detail: MeasureHistory.Detail?
    /// NetAtmo's `type`.
    let type: String

    /// All that a subject's scale has of its measures, the values first.
    static func all(of subject: HistorySubject) -> [HistoryColumn] {
        if subject.kind == .room { return RoomColumns.all(of: subject) }
        if subject.isBoiler { return BoilerColumns.values(of: subject) }
        return values(of: subject) + subject.measures.flatMap { details(of: $0, at: subject.scale) }
    }

    /// The values alone.
    static func values(of subject: HistorySubject) -> [HistoryColumn] {
        if subject.kind == .room { return RoomColumns.values(of: subject) }
        if subject.isBoiler { return BoilerColumns.values(of: subject) }
        return subject.measures.map { measure in
            HistoryColumn(measure: measure, detail: nil, type: measure == .rain && subject.scale != .measurement ? "sum_rain" : measure.key)
        }
    }

    /// The extremes from half an hour on, those of CO₂ and the times of all from a day on.
    private static func details(of measure: Measure, at scale: HistoryScale) -> [HistoryColumn] {
        if measure == .gustStrength {
            return scale.isOfCalendar ? [HistoryColumn(measure: measure, detail: .greatestTime, type: "date_max_gust")] : []
        }
        guard scale != .measurement, let name = nameOfExtremes(of: measure), measure != .co2 || scale.isOfCalendar else { return [] }
        let extremes: [(MeasureHistory.Detail, String)] = [(.least, "min_"), (.greatest, "max_")]
        let times: [(MeasureHistory.Detail, String)] = scale.isOfCalendar ? [(.leastTime, "date_min_"), (.greatestTime, "date_max_")] : []
        return (extremes + times).map { HistoryColumn(measure: measure, detail: $0.0, type: $0.1 + name) }
    }

    /// What NetAtmo puts behind `min_`.
    private static func nameOfExtremes(of measure: Measure) -> String? {
        switch measure {
        case .temperature: "temp"
        case .humidity: "hum"
        case .pressure: "pressure"
        case .noise: "noise"
        case .co2: "co2"
        default: nil
        }
    }

    /// A number of an answer, where it can be one.
    ///
    /// - Parameter step: How long the step is that it is of, in seconds.
    func reading(_ number: Double, at scale: HistoryScale, step: @autoclosure () -> Double) -> Double? {
        switch detail {
        case .leastTime, .greatestTime: number > 0 ? number : nil
        case nil where measure == .boilerMinutes: scale.secondsBurned.contains(number) ? min(60, number / step() * 60) : nil
        case nil where measure == .rain: scale.sumsOfRain.contains(number) ? number : nil
        case .least, .greatest, nil: measure.reading(number)
        }
    }
}

extension HistoryScale {
    /// What a step may have of rain, in mm; wider than it ever was: 1825 mm in a day and 9300 in a month, by the records of the World
    /// Meteorological Organization.
    fileprivate var sumsOfRain: ClosedRange<Double> {
        switch self {
        case .measurement: Measure.rain.range
        case .halfHour, .hour, .threeHours, .day: Measure.rainToday.range
        case .week, .month: 0...10_000
        }
    }

    /// For how many seconds of a step a boiler can have burned: no longer than the longest step, a month of 31 days or a day of 25 hours.
    fileprivate var secondsBurned: ClosedRange<Double> { 0...step * 1.05 }
}
