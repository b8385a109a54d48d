import FoundationEssentials
import Homes
import OperatingSystem
import TerminalUI

/// The chart of one measure, without a title: an area under a line with gaps where nothing was measured, the wind with its gusts, its
/// directions and a compass, rain as bars.
///
/// It has a form for every size, down to 24 columns by 6 rows.
struct MeasureChart: Widget {
    let module: Device
    let measure: Measure
    let chart: ChartState
    let environment: ViewEnvironment
    /// What rained on each of the last days, oldest first: shown in place of a span without rain. Without it, what is known of the week.
    var rainOfDays: [DayOfRain]?
    /// Whether the wind has its compass beside it: of several charts of one gauge one is enough.
    var hasCompass = true

    private var symbols: Symbols { environment.symbols }
    private var units: Units { environment.units }
    private var course: ChartCourse { ChartCourse(module: module, measure: measure, chart: chart, environment: environment) }

    func render(into frame: inout Frame, in rect: Rect) {
        let place = placeOfCourse(in: rect)
        renderCourse(into: &frame, in: place)
        guard place.columns < rect.columns, let compass else { return }
        let columns = rect.endColumn - place.endColumn - 2
        compass.render(into: &frame, in: Rect(column: place.endColumn + 2, row: rect.row, columns: columns, rows: rect.rows))
    }

    private var compass: WindCompass? {
        measure == .windStrength && hasCompass ? WindCompass(module: module, environment: environment) : nil
    }

    /// Beside a compass, where there is one and room for it.
    private func placeOfCourse(in rect: Rect) -> Rect {
        guard let compass, rect.columns >= 56, rect.rows >= 6 else { return rect }
        let columns = rect.columns - 2 - compass.columns(in: rect.size)
        return Rect(column: rect.column, row: rect.row, columns: columns, rows: rect.rows)
    }

    private func renderCourse(into frame: inout Frame, in rect: Rect) {
        let drawing = drawing(columns: rect.columns)
        guard let range = drawing.metricRange else {
            let note = course.note ?? ("NetAtmo has nothing of \(chart.span.seconds == nil ? "" : "the last ")\(chart.span.words)", false)
            return Paragraph(note.text, note.isFailure ? .warning : .muted).render(into: &frame, in: rect)
        }
        if let note = course.note, rect.rows > 5 {
            TextLine(note.text, note.isFailure ? .warning : .muted, symbols: symbols).render(into: &frame, in: rect.line(0))
        }
        let place = placeOfPlot(in: rect)
        if measure == .rain, range.upperBound == 0 {
            return NoRain(course: course, days: rainOfDays ?? course.rainOfDays).render(into: &frame, in: place)
        }
        plot(of: drawing, range, columns: place.columns).render(into: &frame, in: place)
    }

    /// Below what is said of the history, where something is.
    private func placeOfPlot(in rect: Rect) -> Rect {
        guard course.note != nil, rect.rows > 5 else { return rect }
        return Rect(column: rect.column, row: rect.row + 1, columns: rect.columns, rows: rect.rows - 1)
    }

    private func plot(of drawing: Drawing, _ range: ClosedRange<Double>, columns: Int) -> Chart {
        var plot = Chart(series: drawing.series, x: drawing.window.range, y: axisRange(range), symbols: symbols)
        plot.unit = environment.measureText.unit(of: measure)
        plot.leastStep = measure.leastStep(in: units)
        plot.baseline = measure.isFromZero ? 0 : nil
        plot.xLabels = drawing.window.labels(columns: columns, time: environment.time)
        let untilEnd = drawing.window.end - environment.now.timeIntervalSince1970
        plot.endLabel = abs(untilEnd) < (drawing.window.end - drawing.window.start) / 20 ? "now" : ""
        plot.marks = midnights(in: drawing.window, columns: columns)
        plot.levels = measure.levels.map { ChartLevel(y: $0, text: Ticks.decimal($0, places: 0, symbols: symbols)) }
        plot.directions = directions(in: drawing.window)
        plot.sumDecimals = measure == .rain ? min(2, units.decimals(of: measure)) : nil
        plot.cursor = chart.cursor?.timeIntervalSince1970
        // Those that are judged have one unit only.
        plot.highlight = { module.verdict(of: measure, being: $0).style }
        plot.tint = { measure.tint(of: units.metricValue($0, of: measure)) }
        return plot
    }

    /// The time at a place on the screen; `nil` beside what is drawn.
    ///
    /// - Parameter rect: Where the chart is.
    func time(at point: Point, in rect: Rect) -> Date? {
        let place = placeOfPlot(in: placeOfCourse(in: rect))
        let drawing = drawing(columns: place.columns)
        guard let range = drawing.metricRange, measure != .rain || range.upperBound > 0 else { return nil }
        return plot(of: drawing, range, columns: place.columns).x(at: point, in: place).map { Date(timeIntervalSince1970: $0) }
    }

    // MARK: What is drawn

    private struct Drawing {
        let window: ChartWindow
        let series: [ChartSeries]
        /// The least and the greatest value, in NetAtmo's units; `nil` without a value.
        let metricRange: ClosedRange<Double>?
    }

    private func drawing(columns: Int) -> Drawing {
        measure == .rain ? bars : lines(columns: columns)
    }

    private func lines(columns: Int) -> Drawing {
        let window = course.window(columns: columns)
        let main = course.points(of: measure, in: window)
        let gusts = measure == .windStrength ? course.points(of: .gustStrength, in: window) : []
        let setpoints = measure == .temperature && module.kind == .room ? course.points(of: .setpoint, in: window) : []
        let series = [
            ChartSeries(points: main.map(shown), shape: .area, longestGap: course.longestGap),
            ChartSeries(points: gusts.map(shown), style: .muted, longestGap: course.longestGap),
            ChartSeries(points: setpoints.map(shown), shape: .steps, style: Style.plain.bold(), longestGap: course.longestGap),
        ]
        let values = (main + gusts + setpoints).flatMap { [$0.value, $0.extremes?.lowerBound, $0.extremes?.upperBound] }.compactMap(\.self)
        return Drawing(window: window, series: series.filter { !$0.points.isEmpty }, metricRange: Self.range(of: values))
    }

    private var bars: Drawing {
        let course = course
        let bars = course.bars
        let sums = course.sums(in: bars)
        let points = sums.map { ChartSeries.Point(x: $0.start, y: $0.sum.map { units.value($0, of: measure) }) }
        return Drawing(
            window: bars.window, series: [ChartSeries(points: points, shape: .bars(width: bars.width))],
            metricRange: Self.range(of: sums.compactMap(\.sum))
        )
    }

    private func shown(_ point: MeasureHistory.Point) -> ChartSeries.Point {
        let extremes = point.extremes.map { shown($0) }
        return .init(x: point.time.timeIntervalSince1970, y: point.value.map { units.value($0, of: measure) }, extremes: extremes)
    }

    private func shown(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
        let low = units.value(range.lowerBound, of: measure)
        return low...max(low, units.value(range.upperBound, of: measure))
    }

    private func directions(in window: ChartWindow) -> [ChartDirection] {
        guard measure == .windStrength else { return [] }
        let strengths = course.points(of: .windStrength, in: window)
        return zip(course.points(of: .windAngle, in: window), strengths).compactMap { angle, strength in
            guard angle.time == strength.time, let degrees = angle.value, (0...360).contains(degrees) else { return nil }
            return ChartDirection(x: angle.time.timeIntervalSince1970, degrees: degrees, strength: max(0, strength.value ?? 0))
        }
    }

    /// Where days begin, as long as they are further apart than a few columns.
    private func midnights(in window: ChartWindow, columns: Int) -> [Double] {
        guard (window.end - window.start) / 86_400 * 5 <= Double(columns) else { return [] }
        var midnights: [Double] = []
        var day = environment.time.startOfDay(1, after: Date(timeIntervalSince1970: window.start - 1))
        while day.timeIntervalSince1970 <= window.end {
            midnights.append(day.timeIntervalSince1970)
            day = environment.time.startOfDay(1, after: day)
        }
        return midnights
    }

    private static func range(of values: [Double]) -> ClosedRange<Double>? {
        guard let least = values.min(), let greatest = values.max() else { return nil }
        return least...greatest
    }

    /// The values to be seen, in the screen's units: at least so many that the sensor's own unrest does not look like a storm, and the
    /// thresholds that they come near to. What can't be below zero and is judged by its height begins there.
    private func axisRange(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
        var (low, high) = (range.lowerBound, range.upperBound)
        if measure.isFromZero {
            (low, high) = (0, max(high, measure.leastSpan))
        } else {
            let middle = (low + high) / 2
            (low, high) = (min(low, middle - measure.leastSpan / 2), max(high, middle + measure.leastSpan / 2))
        }
        if let near = measure.levels.last(where: { high >= $0 * 0.8 }) { high = max(high, near) }
        return shown(low...max(low, high))
    }
}

extension MeasureChart {
    /// One of several charts.
    init(cell: ChartCell, chart: ChartState, environment: ViewEnvironment) {
        self.init(module: cell.module, measure: cell.measure, chart: chart.showing(cell.span), environment: environment)
        hasCompass = cell.span == chart.span
    }
}

extension Measure {
    /// What the sensors tell apart, in the screen's units.
    fileprivate func leastStep(in units: Units) -> Double {
        (0..<units.decimals(of: self)).reduce(1) { step, _ in step / 10 }
    }
}
