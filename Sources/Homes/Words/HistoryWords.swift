package import FoundationEssentials
package import OperatingSystem

extension HistorySpan {
    /// In a title.
    package var name: String {
        switch self {
        case .threeHours: "3 h"
        case .twelveHours: "12 h"
        case .day: "24 h"
        case .threeDays: "3 d"
        case .week: "week"
        case .month: "month"
        case .year: "year"
        case .all: "all"
        }
    }

    /// In a sentence, behind `the last` where it has an end.
    package var words: String {
        switch self {
        case .threeHours: "3 hours"
        case .twelveHours: "12 hours"
        case .day: "24 hours"
        case .threeDays: "3 days"
        case .week, .month, .year: name
        case .all: "all the time"
        }
    }
}

extension HistoryScale {
    /// A time of the past as exact as the steps: `17:20`, `Tue 17:20`, `23 Nov 15:00`, `23 Nov 2025`, `week of 23 Nov 2025`.
    package func moment(_ date: Date, now: Date, time: LocalTime) -> String {
        let (then, today) = (time.calendarDate(date), time.calendarDate(now))
        let day = then.year == today.year ? time.dayAndMonth(date) : "\(time.dayAndMonth(date)) \(then.year)"
        switch self {
        case .measurement, .halfHour, .hour, .threeHours:
            if then == today { return time.shortClock(date) }
            return "\(now.timeIntervalSince(date) < 6 * 86_400 ? time.weekday(date) : day) \(time.shortClock(date))"
        case .day: return day
        case .week: return "week of \(day)"
        case .month: return time.monthAndYear(date)
        }
    }
}
