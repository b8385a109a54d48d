import Homes
import TerminalUI

/// The chart of the selected module in the panel of the readings.
struct ReadingChart {
    let module: Device
    let chart: ChartState
    let environment: ViewEnvironment
    let isFocused: Bool

    /// - Parameter panel: The panel around it, whose border the title line joins.
    func render(into frame: inout Frame, in rect: Rect, panel: Rect) {
        let line = Rect(column: panel.column, row: rect.row, columns: panel.columns, rows: 1)
        let area = Rect(column: rect.column + 1, row: rect.row + 1, columns: rect.columns - 2, rows: rect.rows - 1)
        guard let measure = chart.measure(of: module) else {
            Divider(title: module.title, isFocused: isFocused, symbols: environment.symbols).render(into: &frame, in: line)
            return Paragraph("Nothing that a chart could show", .muted).render(into: &frame, in: area)
        }
        let title = ChartTitle(module: module, measure: measure, chart: chart, environment: environment)
        let room = panel.columns - displayWidth(of: title.title) - 8
        Divider(title: title.title, trailing: title.summary(columns: room), isFocused: isFocused, symbols: environment.symbols)
            .render(into: &frame, in: line)
        MeasureChart(module: module, measure: measure, chart: chart, environment: environment).render(into: &frame, in: area)
    }
}
