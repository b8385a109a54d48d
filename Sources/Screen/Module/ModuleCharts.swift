import Homes
import TerminalUI

/// The charts of a module, one below the other: as many as have room, the chosen one among them.
struct ModuleCharts: Widget {
    let module: Device
    let chart: ChartState
    let environment: ViewEnvironment

    /// The fewest rows of one, its title included.
    static let leastRows = 7

    private var symbols: Symbols { environment.symbols }

    func render(into frame: inout Frame, in rect: Rect) {
        let measures = shownMeasures(rows: rect.rows)
        let parts = rect.splitRows(measures.map { _ in .fill(1) })
        for (measure, part) in zip(measures, parts) {
            renderTitle(of: measure, into: &frame, in: part.line(0))
            let area = Rect(column: part.column, row: part.row + 1, columns: part.columns, rows: part.rows - 1)
            MeasureChart(module: module, measure: measure, chart: chart, environment: environment).render(into: &frame, in: area)
        }
    }

    private func shownMeasures(rows: Int) -> [Measure] {
        let all = module.chartMeasures
        let count = max(1, min(all.count, rows / (Self.leastRows + 1)))
        guard let chosen = chart.measure(of: module).flatMap({ all.firstIndex(of: $0) }) else { return [] }
        return Array(all[max(0, chosen - count + 1)...].prefix(count))
    }

    /// The name, a line, and what it comes to.
    private func renderTitle(of measure: Measure, into frame: inout Frame, in rect: Rect) {
        let title = ChartTitle(module: module, measure: measure, chart: chart, environment: environment)
        let isChosen = measure == chart.measure(of: module) && module.chartMeasures.count > 1
        let name = Line((isChosen ? "\(symbols.marker) " : "") + title.name, isChosen ? Style.accent.bold() : Style.title.bold())
            .adding(" \(symbols.separator) \(chart.span.name) ", .muted)
        let summary = title.summary(columns: max(0, rect.columns - name.width - 3))
        frame.fill(rect, glyph: symbols.lines.horizontal, style: .border)
        frame.write(name, at: rect.origin, limit: rect.columns)
        let width = displayWidth(of: summary)
        guard width > 0, name.width + width + 3 <= rect.columns else { return }
        frame.write(" \(summary)", at: Point(column: rect.endColumn - width - 1, row: rect.row), style: .plain)
    }
}
