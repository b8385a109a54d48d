import EngineAPI
import FoundationEssentials
import TerminalUI

/// The readings of all modules, and below them a chart of the selected one where there is room.
struct ReadingsPanel: Widget {
    let state: ReadingsState
    /// Where they come from.
    let data: DataStatus
    /// Where the rooms come from; `nil` where they are not wanted.
    let energy: EnergyReadings?
    let chart: ChartState
    /// Whether the charts have a panel of their own.
    let isWide: Bool
    let focus: PanelName
    let environment: ViewEnvironment

    private var symbols: Symbols { environment.symbols }
    private var list: ReadingsList { state.list }
    private var isFocused: Bool { focus == .readings }

    func render(into frame: inout Frame, in rect: Rect) {
        Panel(title: title, trailing: Line(summary, .muted), isFocused: isFocused, symbols: symbols).render(into: &frame, in: rect)
        if state.filter.isTyping { renderFilter(into: &frame, in: rect) }
        guard !list.rows.isEmpty else {
            Paragraph(emptyText, .muted).render(into: &frame, in: Panel.interior(of: rect).inset(columns: 1, rows: 0))
            return
        }
        let layout = ReadingsPlace(rect: rect, holdsChart: !isWide).layout(rowCount: list.rows.count)
        renderTable(into: &frame, in: layout.table)
        if let place = layout.chart, let module = state.selectedDevice {
            ReadingChart(module: module, chart: chart, environment: environment, isFocused: isFocused || focus == .charts)
                .render(into: &frame, in: place, panel: rect)
        }
    }

    private func renderTable(into frame: inout Frame, in rect: Rect) {
        let table = ReadingsTable(state: state, chart: chart, environment: environment, width: rect.columns, isWide: isWide)
        Table(
            columns: table.columns, rowCount: list.rows.count, row: table.row, selected: state.selectedRow, offset: state.offset,
            isFocused: isFocused, symbols: symbols
        )
        .render(into: &frame, in: rect)
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
        let total = list.devices.count
        guard total > 0 else { return "" }
        if !state.filter.isEmpty { return "\(grouped(list.matchCount)) of \(grouped(total))" }
        let failure = data.lastAttempt?.error.map { _ in failed(next: data.nextFetch) }
        let (unreachable, stale) = (list.unreachableCount, list.staleCount(environment.freshness))
        let parts = [
            failure, list.moduleCount > 0 ? "\(grouped(list.moduleCount)) modules" : nil, rooms,
            unreachable > 0 ? "\(grouped(unreachable)) unreachable" : nil, stale > 0 ? "\(grouped(stale)) stale" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: " \(symbols.separator) ")
    }

    /// How many rooms there are, or why there are none.
    private var rooms: String? {
        guard let energy else { return nil }
        if energy.isRefused { return "rooms need a sign-in" }
        if energy.lastAttempt?.error != nil { return "rooms " + failed(next: energy.nextFetch) }
        return list.roomCount > 0 ? "\(grouped(list.roomCount)) rooms" : nil
    }

    private func failed(next: Date?) -> String {
        next.map { "failed, next \(environment.clock($0))" } ?? "failed"
    }

    /// A number with a comma between thousands.
    private func grouped(_ number: Int) -> String {
        number < 1000 ? "\(number)" : grouped(number / 1000) + "," + String(1000 + number % 1000).dropFirst()
    }

    private var emptyText: String {
        if !list.devices.isEmpty { return "Nothing matches. Esc shows all readings again." }
        if data.isFetching { return "Fetching the readings" }
        if let error = data.lastAttempt?.error { return "No readings: \(error)" }
        if data.fetchedAt != nil { return "NetAtmo knows no station of this account" }
        return "No readings yet: they come as soon as there is a token"
    }
}
