/// How finely a history is asked for: what NetAtmo calls the `scale` of `getmeasure`, whose word is the raw value.
package enum HistoryScale: String, Sendable, Hashable, CaseIterable {
    /// Each measurement, about every five minutes.
    case measurement = "max"
    case halfHour = "30min"
    case hour = "1hour"
    case threeHours = "3hours"
    /// A day of the station's own place, of 23 to 25 hours.
    case day = "1day"
    case week = "1week"
    case month = "1month"

    /// The time from one value to the next, in seconds; of days and longer ones about that, since they follow the place's calendar.
    package var step: Double {
        switch self {
        case .measurement: 300
        case .halfHour: 1800
        case .hour: 3600
        case .threeHours: 10_800
        case .day: 86_400
        case .week: 604_800
        case .month: 2_629_746
        }
    }

    /// Whether its steps follow the calendar of the station's place: days, weeks from Monday on, and months.
    package var isOfCalendar: Bool {
        switch self {
        case .measurement, .halfHour, .hour, .threeHours: false
        case .day, .week, .month: true
        }
    }
}

/// By NetAtmo's word.
extension HistoryScale: Codable {}
