import FoundationEssentials
import Homes
import OperatingSystem
import TerminalUI

/// The time that a chart shows. It moves on by a dot's width, or a bar's, so that a chart at rest is not drawn anew each second.
struct ChartWindow: Sendable, Hashable {
    /// Seconds since 1970.
    let start: Double
    let end: Double

    /// The window of a line. Where its steps are days it ends with today, by the clock on the wall.
    ///
    /// - Parameter first: The first time that is known, where the span has no length of its own.
    init(span: HistorySpan, now: Date, columns: Int, time: LocalTime, since first: Date? = nil) {
        guard span.scale.step < HistoryScale.day.step, let seconds = span.seconds else {
            let end = time.startOfDay(1, after: now)
            let length = span.seconds ?? first.map { max(Self.shortestPast, end.timeIntervalSince($0)) } ?? Self.year
            self.init(start: time.startOfDay(end.addingTimeInterval(-length)), end: end)
            return
        }
        let step = max(1, (seconds / Double(max(1, columns * 2))).rounded())
        let end = (now.timeIntervalSince1970 / step).rounded(.up) * step
        self.init(start: Date(timeIntervalSince1970: end - seconds), end: Date(timeIntervalSince1970: end))
    }

    init(start: Date, end: Date) {
        self.start = start.timeIntervalSince1970
        self.end = end.timeIntervalSince1970
    }

    /// The least that a chart of everything shows: four weeks, so that a new station's first days don't fill it.
    private static let shortestPast = 28.0 * 86_400
    private static let year = 366.0 * 86_400

    var range: ClosedRange<Double> { start...end }

    func contains(_ time: Date) -> Bool { range.contains(time.timeIntervalSince1970) }
}

extension RainBars {
    /// From the first bar to the last.
    var window: ChartWindow {
        ChartWindow(start: Date(timeIntervalSince1970: edges.first ?? 0), end: Date(timeIntervalSince1970: edges.last ?? 0))
    }
}

// MARK: - The axis of time

extension ChartWindow {
    /// Labels at round times, as many as have room: hours with the names of the days, days, months or years.
    func labels(columns: Int, time: LocalTime) -> [ChartLabel] {
        let days = (end - start) / 86_400
        return switch days {
        case ...4: hourLabels(columns: columns, time: time)
        case ...8: dayLabels(columns: columns, time: time) { time.weekday($0) }
        case ...70: dayLabels(columns: columns, time: time) { time.dayAndMonth($0) }
        default: monthLabels(columns: columns, time: time)
        }
    }

    /// A label and the blanks that set it apart.
    private static let labelColumns = 8

    /// How many labels have room.
    private func most(_ columns: Int) -> Double { Double(max(1, columns / Self.labelColumns)) }

    private func hourLabels(columns: Int, time: LocalTime) -> [ChartLabel] {
        let steps = [900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200, 86_400]
        let step = steps.first { (end - start) / Double($0) <= most(columns) } ?? 86_400
        var labels: [ChartLabel] = []
        var seconds = start.rounded(.up)
        while seconds <= end {
            let date = Date(timeIntervalSince1970: seconds)
            let secondsOfDay = time.secondsOfDay(date)
            let rest = secondsOfDay % step
            // To the next round hour of the clock on the wall, which may have been put on or back meanwhile.
            guard rest == 0 else {
                seconds += Double(min(step - rest, 3600 - secondsOfDay % 3600))
                continue
            }
            let isNewDay = secondsOfDay == 0 && end - start >= 86_400
            labels.append(ChartLabel(x: seconds, text: isNewDay ? time.weekday(date) : time.shortClock(date)))
            seconds += Double(min(step, 3600))
        }
        return labels
    }

    private func dayLabels(columns: Int, time: LocalTime, _ text: (Date) -> String) -> [ChartLabel] {
        let count = ((end - start) / 86_400).rounded()
        let step = [1, 2, 7, 14].first { count / Double($0) <= most(columns) } ?? 14
        var labels: [ChartLabel] = []
        var date = time.startOfDay(1, after: Date(timeIntervalSince1970: start - 1))
        while date.timeIntervalSince1970 <= end {
            // Noon is of the same day in each zone; day 4 of 1970's was a Monday.
            let day = Int((date.timeIntervalSince1970 + 43_200) / 86_400) - 4
            if day % step == 0 { labels.append(ChartLabel(x: date.timeIntervalSince1970, text: text(date))) }
            date = time.startOfDay(1, after: date)
        }
        return labels
    }

    private func monthLabels(columns: Int, time: LocalTime) -> [ChartLabel] {
        let count = (end - start) / HistoryScale.month.step
        let step = [1, 2, 3, 6, 12, 24, 60].first { count / Double($0) <= most(columns) } ?? 60
        var labels: [ChartLabel] = []
        var date = time.startOfMonth(Date(timeIntervalSince1970: start))
        while date.timeIntervalSince1970 <= end {
            let calendar = time.calendarDate(date)
            if date.timeIntervalSince1970 >= start, (calendar.year * 12 + calendar.month - 1) % step == 0 {
                labels.append(ChartLabel(x: date.timeIntervalSince1970, text: calendar.month == 1 ? "\(calendar.year)" : time.month(date)))
            }
            date = time.startOfMonth(1, after: date)
        }
        return labels
    }
}
