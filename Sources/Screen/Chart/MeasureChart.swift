import FoundationEssentials
import Homes
import TerminalUI

/// The chart of one measure, without a title: a line with gaps where nothing was measured, the wind with its gusts and a compass,
/// rain as bars.
struct MeasureChart: Widget {
    let module: Device
    let measure: Measure
    let chart: ChartState
    let environment: ViewEnvironment

    private var symbols: Symbols { environment.symbols }
    private var course: ChartCourse { ChartCourse(module: module, measure: measure, chart: chart, environment: environment) }

    func render(into frame: inout Frame, in rect: Rect) {
        guard measure == .windStrength, let compass = WindCompass(module: module, environment: environment), rect.columns >= 56,
            rect.rows >= 6
        else {
            return renderCourse(into: &frame, in: rect)
        }
        let parts = rect.splitColumns([.fill(1), .length(2), .length(compass.columns(in: rect.size))])
        renderCourse(into: &frame, in: parts[0])
        compass.render(into: &frame, in: parts[2])
    }

    private func renderCourse(into frame: inout Frame, in rect: Rect) {
        let drawing = measure == .rain ? bars : lines(columns: rect.columns)
        guard let range = drawing.metricRange else {
            let note = course.note ?? ("NetAtmo has nothing of \(chart.span.seconds == nil ? "" : "the last ")\(chart.span.words)", false)
            return Paragraph(note.text, note.isFailure ? .warning : .muted).render(into: &frame, in: rect)
        }
        var plot = rect
        if let note = course.note, rect.rows > 5 {
            TextLine(note.text, note.isFailure ? .warning : .muted, symbols: symbols).render(into: &frame, in: rect.line(0))
            plot = Rect(column: rect.column, row: rect.row + 1, columns: rect.columns, rows: rect.rows - 1)
        }
        Chart(
            series: drawing.series, xRange: drawing.window.range, yRange: shown(range, rows: plot.rows),
            xLabels: drawing.window.labels(columns: plot.columns, time: environment.time),
            // Those that are judged have one unit only.
            highlight: { module.verdict(of: measure, being: $0).style }, symbols: symbols
        )
        .render(into: &frame, in: plot)
        guard measure == .rain, range.upperBound == 0 else { return }
        let words = TextLine("no rain in \(chart.span.words)", .muted, alignment: .centre, symbols: symbols)
        words.render(into: &frame, in: plot.inset(columns: 8, rows: 0).line((plot.rows - 2) / 2))
    }

    /// The time at a place on the screen; `nil` beside what is drawn.
    ///
    /// - Parameter rect: Where the chart is.
    func time(at point: Point, in rect: Rect) -> Date? {
        nil
    }

    // MARK: What is drawn

    private struct Drawing {
        let window: ChartWindow
        let series: [ChartSeries]
        /// The least and the greatest value, in NetAtmo's units; `nil` without a value.
        let metricRange: ClosedRange<Double>?
    }

    private func lines(columns: Int) -> Drawing {
        let window = course.window(columns: columns)
        let main = course.points(of: measure, in: window)
        let gusts = measure == .windStrength ? course.points(of: .gustStrength, in: window) : []
        let values = (main + gusts).compactMap(\.value)
        let series = [
            ChartSeries(points: gusts.map(shown), shape: .dots, style: .muted),
            ChartSeries(points: main.map(shown), longestGap: course.longestGap),
        ]
        return Drawing(window: window, series: series, metricRange: Self.range(of: values))
    }

    private var bars: Drawing {
        let course = course
        let bars = course.bars
        let sums = course.sums(in: bars)
        let points = sums.map { ChartSeries.Point(x: $0.start, y: $0.sum.map { environment.units.value($0, of: measure) }) }
        return Drawing(
            window: bars.window, series: [ChartSeries(points: points, shape: .bars(width: bars.width))],
            metricRange: Self.range(of: sums.compactMap(\.sum))
        )
    }

    private func shown(_ point: MeasureHistory.Point) -> ChartSeries.Point {
        .init(x: point.time.timeIntervalSince1970, y: point.value.map { environment.units.value($0, of: measure) })
    }

    private static func range(of values: [Double]) -> ClosedRange<Double>? {
        guard let least = values.min(), let greatest = values.max() else { return nil }
        return least...greatest
    }

    /// The range of the vertical axis in the screen's units: to round values, and at least so high that the sensor's own unrest
    /// does not look like a storm. What can't be below zero and is judged by its height begins there.
    private func shown(_ range: ClosedRange<Double>, rows: Int) -> ClosedRange<Double> {
        var (low, high) = (range.lowerBound, range.upperBound)
        if measure == .windStrength || measure == .rain {
            (low, high) = (0, max(high, measure.leastSpan))
        } else {
            let middle = (low + high) / 2
            (low, high) = (min(low, middle - measure.leastSpan / 2), max(high, middle + measure.leastSpan / 2))
        }
        let ends = [low, high].map { environment.units.value($0, of: measure) }
        return Ticks.widened(ends[0]...max(ends[0], ends[1]), count: max(4, rows / 2))
    }
}

extension Measure {
    /// The least height of a chart, in the measure's own unit.
    fileprivate var leastSpan: Double {
        switch self {
        case .humidity: 4
        case .co2: 100
        case .noise, .windStrength: 5
        default: 1
        }
    }
}
