import FoundationEssentials
import Homes
import OperatingSystem
import TerminalUI

/// What rained on a day.
struct DayOfRain: Sendable, Hashable {
    /// A time in it.
    let day: Date
    /// In millimetres; `nil` where nothing was measured.
    let sum: Double?
}

extension ChartCourse {
    /// What rained on each of the last seven days, today's included, where the history of the week is at hand.
    var rainOfDays: [DayOfRain] {
        guard let week = chart.histories.entry(of: module, scale: HistorySpan.week.scale), week.fetchedAt != nil else { return [] }
        let bars = RainBars(of: .week, now: environment.now, time: environment.time)
        return bars.sums(of: week.history.points(of: .rain), at: HistorySpan.week.scale).map { start, sum in
            DayOfRain(day: Date(timeIntervalSince1970: start + 43_200), sum: sum)
        }
    }
}

/// What stands in place of a chart of rain without rain: since when, and the last days as bars where they are known and there is room.
struct NoRain: Widget {
    let course: ChartCourse
    let days: [DayOfRain]

    private var environment: ViewEnvironment { course.environment }
    private var symbols: Symbols { environment.symbols }

    func render(into frame: inout Frame, in rect: Rect) {
        let words = Line(words, .plain)
        let bars = days.suffix(7)
        guard rect.rows >= 6, bars.contains(where: { $0.sum ?? 0 > 0 }) else {
            let row = rect.line(max(0, (rect.rows - 1) / 2))
            return TextLine(words, alignment: .centre, symbols: symbols).render(into: &frame, in: row)
        }
        TextLine(words, alignment: .centre, symbols: symbols).render(into: &frame, in: rect.line(0))
        let place = Rect(column: rect.column, row: rect.row + 1, columns: rect.columns, rows: rect.rows - 1)
        chart(of: Array(bars)).render(into: &frame, in: place)
    }

    /// Bars a unit wide each, so that days of 23 and 25 hours look alike.
    private func chart(of days: [DayOfRain]) -> Chart {
        let points = days.enumerated().map { index, day in
            ChartSeries.Point(x: Double(index), y: day.sum.map { environment.units.value($0, of: .rain) })
        }
        let greatest = points.compactMap(\.y).max() ?? 0
        var chart = Chart(
            series: [ChartSeries(points: points, shape: .bars(width: 1))], x: 0...Double(days.count), y: 0...greatest, symbols: symbols
        )
        chart.unit = environment.measureText.unit(of: .rain)
        chart.baseline = 0
        chart.leastStep = environment.units.rain == .inches ? 0.01 : 0.1
        chart.sumDecimals = environment.units.rain == .inches ? 2 : 1
        chart.xLabels = days.enumerated().map { ChartLabel(x: Double($0) + 0.5, text: environment.time.weekday($1.day)) }
        let units = environment.units
        chart.tint = { Measure.rain.tint(of: units.metricValue($0, of: .rain)) }
        return chart
    }

    private var words: String {
        let span = course.chart.span
        guard let last = lastRain else {
            guard let seconds = span.seconds else { return "no rain since the beginning" }
            return "no rain in \(seconds < 604_800 ? "" : "the last ")\(span.words)"
        }
        return "no rain since \(last.when), \(environment.measureText.value(last.sum, of: .rain))"
    }

    /// When it rained last, and what came down on that day.
    private var lastRain: (when: String, sum: Double)? {
        let time = environment.time
        let points = course.chart.histories.entry(of: course.module)?.history.points(of: .rain) ?? []
        if let last = points.last(where: { $0.value ?? 0 > 0 }) {
            let start = time.startOfDay(last.time)
            let sum = points.lazy.filter { time.startOfDay($0.time) == start }.reduce(0) { $0 + ($1.value ?? 0) }
            return (start == time.startOfDay(environment.now) ? time.shortClock(last.time) : name(of: last.time), sum)
        }
        guard let last = days.last(where: { $0.sum ?? 0 > 0 }), let sum = last.sum else { return nil }
        return (name(of: last.day), sum)
    }

    /// `Tue 24 Nov`
    private func name(of day: Date) -> String {
        "\(environment.time.weekday(day)) \(environment.time.dayAndMonth(day))"
    }
}
