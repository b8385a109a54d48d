import Exporter
import FoundationEssentials
import Homes
import System
import TerminalUI

/// The readings of all modules, and below them a chart of the selected one where there is room.
struct ReadingsPanel: Widget {
    let state: DashboardState

    private var symbols: Symbols { state.symbols }
    private var isFocused: Bool { state.focus == .readings }
    private var rowCount: Int { state.readings.rows.count }

    /// The fewest rows that a chart is worth, its title included.
    private static let chartRows = 9

    func render(into frame: inout Frame, in rect: Rect) {
        Panel(title: title, trailing: Line(summary, .muted), isFocused: isFocused, symbols: symbols).render(into: &frame, in: rect)
        if state.filter.isTyping { renderFilter(into: &frame, in: rect) }
        let interior = Panel.interior(of: rect)
        guard rowCount > 0 else {
            Paragraph(emptyText, .muted).render(into: &frame, in: interior.inset(columns: 1, rows: 0))
            return
        }
        let (tableRect, chartRect) = Self.parts(of: rect, rowCount: rowCount)
        renderTable(into: &frame, in: tableRect)
        if let chartRect, let module = state.selectedDevice {
            ReadingChart(module: module, state: state).render(into: &frame, in: chartRect, panel: rect)
        }
    }

    private func renderTable(into frame: inout Frame, in rect: Rect) {
        let table = ReadingsTable(state: state, width: rect.columns)
        Table(
            columns: table.columns, rowCount: rowCount, row: table.row, selected: state.selectedRow, offset: state.readingsOffset,
            isFocused: isFocused, symbols: symbols
        )
        .render(into: &frame, in: rect)
    }

    /// How many rows of the table show in a layout.
    static func visibleRows(in layout: MainLayout, rowCount: Int) -> Int {
        guard let rect = layout.readings else { return 0 }
        return Table.visibleRows(in: parts(of: rect, rowCount: rowCount).table.rows)
    }

    /// The row of the table at a place on the screen; `nil` where there is none.
    static func row(at point: Point, in state: DashboardState) -> Int? {
        guard let rect = state.layout.readings else { return nil }
        let table = parts(of: rect, rowCount: state.readings.rows.count).table
        guard table.contains(point), point.row > table.row else { return nil }
        let row = state.readingsOffset + point.row - table.row - 1
        return row < state.readings.rows.count ? row : nil
    }

    /// Whether the chart of the selected module has room.
    static func showsChart(_ state: DashboardState) -> Bool {
        guard let rect = state.layout.readings else { return false }
        return parts(of: rect, rowCount: state.readings.rows.count).chart != nil
    }

    /// The table gets what it needs, the chart what is left, if that is enough to be worth it.
    private static func parts(of rect: Rect, rowCount: Int) -> (table: Rect, chart: Rect?) {
        let interior = Panel.interior(of: rect)
        let needed = rowCount + 1
        guard interior.rows - min(needed, interior.rows * 3 / 5) >= chartRows, interior.columns >= 50 else { return (interior, nil) }
        let tableRows = min(needed, interior.rows - max(chartRows, interior.rows * 2 / 5))
        let parts = interior.splitRows([.length(tableRows), .fill(1)])
        return (parts[0], parts[1])
    }

    // MARK: Texts

    private static let filterPrompt = "Readings / "

    private var title: Line {
        let style = isFocused ? Style.accent.bold() : .title
        // While it is typed, a field stands in the place of the filter's text.
        guard !state.filter.isTyping, !state.filter.isEmpty else { return Line("Readings", style) }
        return Line(Self.filterPrompt, style).adding(clipped(state.filter.field.text, to: 30, symbols: symbols))
    }

    /// The field of the filter, in the top edge of the panel.
    private func renderFilter(into frame: inout Frame, in rect: Rect) {
        let room = rect.columns - 4 - displayWidth(of: Self.filterPrompt) - displayWidth(of: summary) - 3
        let columns = min(max(room, 8), 30)
        let start = Point(column: rect.column + 1, row: rect.row)
        let used = frame.write(" " + Self.filterPrompt, at: start, style: Style.accent.bold(), limit: rect.columns - 2)
        let field = Rect(column: start.column + used, row: rect.row, columns: columns, rows: 1).intersection(rect.line(0))
        TextFieldView(state.filter.field, isFocused: true, symbols: symbols).render(into: &frame, in: field)
        frame.write(" ", at: Point(column: field.endColumn, row: rect.row))
    }

    /// How many modules there are, and what is wrong with them.
    var summary: String {
        let readings = state.readings
        let total = readings.devices.count
        guard total > 0 else { return "" }
        if !state.filter.isEmpty { return "\(grouped(readings.matchCount)) of \(grouped(total))" }
        let data = state.snapshot.data
        let failure =
            data.lastAttempt?.error == nil ? nil : data.nextFetch.map { "failed, next \(state.time.clock($0, now: state.now))" } ?? "failed"
        let (unreachable, stale) = (readings.unreachableCount, state.staleCount)
        let parts = [
            failure, "\(grouped(total)) modules", unreachable > 0 ? "\(grouped(unreachable)) unreachable" : nil,
            stale > 0 ? "\(grouped(stale)) stale" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: " \(symbols.separator) ")
    }

    /// A number with a comma between thousands.
    private func grouped(_ number: Int) -> String {
        number < 1000 ? "\(number)" : grouped(number / 1000) + "," + String(1000 + number % 1000).dropFirst()
    }

    private var emptyText: String {
        if !state.readings.devices.isEmpty { return "Nothing matches. Esc shows all readings again." }
        let data = state.snapshot.data
        if data.isFetching { return "Fetching the readings" }
        if let error = data.lastAttempt?.error { return "No readings: \(error)" }
        if data.fetchedAt != nil { return "NetAtmo knows no station of this account" }
        return "No readings yet: they come as soon as there is a token"
    }
}
