import FoundationEssentials
import Netatmo
import TerminalUI

/// The main measure of a module over the time since the start.
struct ReadingChart {
    let module: Module
    let state: DashboardState

    private var symbols: Symbols { state.symbols }

    /// - Parameter panel: The panel around it, whose border the title line joins.
    func render(into frame: inout Frame, in rect: Rect, panel: Rect) {
        let points = shownPoints
        let separator = " \(symbols.separator) "
        let title = [module.title, module.mainMeasure?.title, points.first.map { "since \(state.time.clock($0.time, now: state.now))" }]
            .compactMap(\.self).joined(separator: separator)
        let line = Rect(column: panel.column, row: rect.row, columns: panel.columns, rows: 1)
        Divider(title: title, trailing: latest, isFocused: state.focus == .readings, symbols: symbols).render(into: &frame, in: line)
        let area = Rect(column: rect.column + 1, row: rect.row + 1, columns: rect.columns - 2, rows: rect.rows - 1)
        guard let first = points.first, let last = points.last, points.count > 1 else {
            Paragraph(points.isEmpty ? "No readings to draw" : "The line begins with the second reading", .muted)
                .render(into: &frame, in: area)
            return
        }
        let start = first.time.timeIntervalSince1970
        let end = max(last.time.timeIntervalSince1970, start + 1)
        let series = ChartSeries(points: points.map { .init(x: $0.time.timeIntervalSince1970, y: $0.value) })
        Chart(
            series: [series], xRange: start...end, yRange: valueRange(points, rows: area.rows),
            xLabels: labels(from: start, to: end, columns: area.columns), symbols: symbols
        )
        .render(into: &frame, in: area)
    }

    /// The points in the units of the screen.
    private var shownPoints: [ReadingTrail.Point] {
        guard let measure = module.mainMeasure else { return [] }
        return state.trail.points(of: module).map { .init(time: $0.time, value: state.units.value($0.value, of: measure)) }
    }

    /// The range of the values, at least one unit high, so that a tenth of a degree does not look like a storm.
    private func valueRange(_ points: [ReadingTrail.Point], rows: Int) -> ClosedRange<Double> {
        let values = points.map(\.value)
        let (lowest, highest) = (values.min() ?? 0, values.max() ?? 0)
        let middle = (lowest + highest) / 2
        return Ticks.widened(min(lowest, middle - 0.5)...max(highest, middle + 0.5), count: max(1, rows / 3))
    }

    /// The latest value with its unit.
    private var latest: String {
        guard let measure = module.mainMeasure, let value = module.readings?[measure] else { return "" }
        return state.measureText.value(value, of: measure)
    }

    private func labels(from start: Double, to end: Double, columns: Int) -> [ChartLabel] {
        let count = max(2, columns / 16)
        return (0..<count).map { index in
            let time = start + (end - start) * Double(index) / Double(count - 1)
            let date = Date(timeIntervalSince1970: time)
            return ChartLabel(x: time, text: end - start < 3600 ? state.time.clock(date) : state.time.shortClock(date))
        }
    }
}
