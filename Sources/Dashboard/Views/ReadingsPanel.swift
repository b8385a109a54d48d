import Exporter
import FoundationEssentials
import Netatmo
import TerminalUI

/// The readings of all modules, and below them a chart of the selected one where there is room.
struct ReadingsPanel: Widget {
    let state: DashboardState

    private var symbols: Symbols { state.symbols }
    private var isFocused: Bool { state.focus == .readings }

    /// The fewest rows that a chart is worth, its title included.
    private static let chartRows = 9

    func render(into frame: inout Frame, in rect: Rect) {
        Panel(title: "Readings", trailing: summary, isFocused: isFocused, symbols: symbols).render(into: &frame, in: rect)
        let table = ReadingsTable(state: state)
        let interior = Panel.interior(of: rect)
        guard !table.rows.isEmpty else {
            Paragraph(emptyText, .muted).render(into: &frame, in: interior.inset(columns: 1, rows: 0))
            return
        }
        let (tableRect, chartRect) = Self.parts(of: rect, rowCount: table.rows.count)
        Table(
            columns: table.columns, rowCount: table.rows.count, row: table.tableRow,
            selected: table.row(ofModule: state.selectedModule), offset: state.readingsOffset, isFocused: isFocused, symbols: symbols
        )
        .render(into: &frame, in: tableRect)
        if let chartRect, let module = state.selectedDevice {
            ReadingChart(module: module, state: state).render(into: &frame, in: chartRect, panel: rect)
        }
    }

    /// How many rows of the table show in a layout.
    static func visibleRows(in layout: MainLayout, rowCount: Int) -> Int {
        guard let rect = layout.readings else { return 0 }
        return Table.visibleRows(in: parts(of: rect, rowCount: rowCount).table.rows)
    }

    /// The module whose row is at that place, counted over all stations; `nil` where there is none.
    static func module(at point: Point, state: DashboardState) -> Int? {
        guard let rect = MainLayout(size: state.size).readings else { return nil }
        let rows = ReadingsTable(state: state).rows
        let table = parts(of: rect, rowCount: rows.count).table
        let index = state.readingsOffset + point.row - table.row - 1
        guard point.row > table.row, point.row < table.endRow, rows.indices.contains(index), case .module(_, let module) = rows[index]
        else { return nil }
        return module
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

    private var summary: String {
        let modules = state.modules
        guard !modules.isEmpty else { return "" }
        let unreachable = modules.count { !$0.isReachable }
        let stale = modules.count { state.isStale($0) }
        let data = state.snapshot.data
        let failure =
            data.lastAttempt?.error == nil ? nil : data.nextFetch.map { "failed, next \(state.time.clock($0, now: state.now))" } ?? "failed"
        let parts = [
            failure, "\(modules.count) modules", unreachable > 0 ? "\(unreachable) unreachable" : nil, stale > 0 ? "\(stale) stale" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: " \(symbols.separator) ")
    }

    private var emptyText: String {
        let data = state.snapshot.data
        if data.isFetching { return "Fetching the readings" }
        if let error = data.lastAttempt?.error { return "No readings: \(error)" }
        if data.fetchedAt != nil { return "NetAtmo knows no station of this account" }
        return "No readings yet: they come as soon as there is a token"
    }
}

extension DashboardState {
    /// The selected module.
    var selectedDevice: Module? {
        let modules = modules
        return modules.indices.contains(selectedModule) ? modules[selectedModule] : nil
    }
}
