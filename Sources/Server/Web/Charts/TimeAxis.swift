import FoundationEssentials
import Homes
import OperatingSystem

/// The horizontal axis of a chart: what it shows of the past, with marks at round times of the clock on the wall.
struct TimeAxis: Sendable, Hashable {
    struct Mark: Sendable, Hashable {
        /// Seconds since 1970.
        let time: Double
        /// `nil` where it has no room.
        let text: String?
        /// Whether a day begins, or of years and longer a year: what divides the chart.
        let isDivision: Bool
    }

    /// Seconds since 1970.
    let start: Double
    let end: Double
    let marks: [Mark]

    /// The axis of a curve.
    ///
    /// - Parameter first: The first time that is known, where the span has no length of its own.
    init(of span: HistorySpan, now: Date, since first: Date?, time: LocalTime) {
        let isOfDays = span.scale.isOfCalendar
        let end = isOfDays ? time.startOfDay(1, after: now) : now
        let length = span.seconds ?? first.map { max(Self.shortestPast, end.timeIntervalSince($0)) } ?? Self.year
        let start = end.addingTimeInterval(-length)
        self.init(from: isOfDays ? time.startOfDay(start) : start, to: end, time: time)
    }

    /// The axis of bars, from the first to the last.
    init(of bars: RainBars, time: LocalTime) {
        let edges = bars.edges.map { Date(timeIntervalSince1970: $0) }
        let start = edges.first ?? .now
        self.init(from: start, to: edges.last ?? start, time: time)
    }

    private init(from start: Date, to end: Date, time: LocalTime) {
        self.start = start.timeIntervalSince1970
        self.end = max(end, start.addingTimeInterval(1)).timeIntervalSince1970
        switch (self.end - self.start) / 86_400 {
        case ...1.5: marks = Self.hours(from: start, to: end, time)
        case ...45: marks = Self.days(from: start, to: end, time)
        default: marks = Self.months(from: start, to: end, time)
        }
    }

    /// So that a new station's first days don't fill a chart of everything.
    private static let shortestPast = 28.0 * 86_400
    private static let year = 366.0 * 86_400
    /// How many texts a chart on a phone has room for.
    private static let mostTexts = 6.0

    /// Where a time stands, in thousandths of the width.
    func x(of seconds: Double) -> Double {
        (seconds - start) / (end - start) * 1000
    }

    func contains(_ date: Date) -> Bool {
        (start...end).contains(date.timeIntervalSince1970)
    }

    private static func hours(from start: Date, to end: Date, _ time: LocalTime) -> [Mark] {
        let length = end.timeIntervalSince(start)
        let step = [1800, 3600, 7200, 10_800, 14_400, 21_600].first { length / Double($0) <= mostTexts } ?? 21_600
        let first = (start.timeIntervalSince1970 / 1800).rounded(.up) * 1800
        // By half hours, since there are zones that are half an hour off.
        return stride(from: first, through: end.timeIntervalSince1970, by: 1800).compactMap { seconds in
            let date = Date(timeIntervalSince1970: seconds)
            let secondsOfDay = time.secondsOfDay(date)
            guard secondsOfDay % step == 0 else { return nil }
            let text = secondsOfDay == 0 ? time.weekday(date) : time.shortClock(date)
            return Mark(time: seconds, text: text, isDivision: secondsOfDay == 0)
        }
    }

    private static func days(from start: Date, to end: Date, _ time: LocalTime) -> [Mark] {
        let count = end.timeIntervalSince(start) / 86_400
        let step = [1, 2, 7, 14].first { count / Double($0) <= mostTexts + 1 } ?? 14
        var marks: [Mark] = []
        var day = time.startOfDay(1, after: start.addingTimeInterval(-1))
        while day <= end {
            // Of more than a week from Monday to Monday: day 4 of 1970 was one.
            let number = Int((day.timeIntervalSince1970 + 43_200) / 86_400) - 4
            let text = count > 8 ? time.dayAndMonth(day) : time.weekday(day)
            marks.append(Mark(time: day.timeIntervalSince1970, text: number % step == 0 ? text : nil, isDivision: true))
            day = time.startOfDay(1, after: day)
        }
        return marks
    }

    private static func months(from start: Date, to end: Date, _ time: LocalTime) -> [Mark] {
        let count = end.timeIntervalSince(start) / HistoryScale.month.step
        let step = [1, 2, 3, 6, 12, 24, 60].first { count / Double($0) <= mostTexts } ?? 60
        var marks: [Mark] = []
        var month = time.startOfMonth(1, after: start.addingTimeInterval(-1))
        while month <= end {
            let date = time.calendarDate(month)
            if (date.year * 12 + date.month - 1) % step == 0 || date.month == 1 {
                let isLabelled = (date.year * 12 + date.month - 1) % step == 0
                let text = date.month == 1 ? "\(date.year)" : time.month(month)
                marks.append(Mark(time: month.timeIntervalSince1970, text: isLabelled ? text : nil, isDivision: date.month == 1))
            }
            month = time.startOfMonth(1, after: month)
        }
        return marks
    }
}
