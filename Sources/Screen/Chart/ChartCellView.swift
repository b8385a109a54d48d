import Homes
import TerminalUI

/// One of several charts, below a line that says what it shows and what that comes to.
struct ChartCellView: Widget {
    let cell: ChartCell
    /// Whether it is the one that keys change.
    let isChosen: Bool
    /// Whether nothing above it names the span.
    var isAlone = false
    /// What it is among the others: the module's name where the others are other modules'.
    let name: String
    let chart: ChartState
    let environment: ViewEnvironment

    private var symbols: Symbols { environment.symbols }

    func render(into frame: inout Frame, in rect: Rect) {
        renderTitle(into: &frame, in: rect.line(0))
        let area = Rect(column: rect.column, row: rect.row + 1, columns: rect.columns, rows: rect.rows - 1)
        drawing.render(into: &frame, in: area)
    }

    private var drawing: MeasureChart { MeasureChart(cell: cell, chart: chart, environment: environment) }

    /// The name, a line, and what it comes to.
    private func renderTitle(into frame: inout Frame, in rect: Rect) {
        let title = ChartTitle(module: cell.module, measure: cell.measure, chart: chart.showing(cell.span), environment: environment)
        let style = isChosen ? Style.accent.bold() : Style.title.bold()
        var line = Line((isChosen ? "\(symbols.marker) " : "") + clipped(name, to: max(8, rect.columns / 2), symbols: symbols), style)
        // The span that all have stands above them.
        line = line.adding(cell.span == chart.span && !isAlone ? " " : " \(symbols.separator) \(cell.span.name) ", .muted)
        let summary = title.summary(columns: max(0, rect.columns - line.width - 3))
        frame.fill(rect, glyph: symbols.lines.horizontal, style: .border)
        frame.write(line, at: rect.origin, limit: rect.columns)
        let width = summary.width
        guard width > 0, line.width + width + 2 <= rect.columns else { return }
        frame.write(" ", at: Point(column: rect.endColumn - width - 1, row: rect.row))
        frame.write(summary, at: Point(column: rect.endColumn - width, row: rect.row), limit: width)
    }
}
