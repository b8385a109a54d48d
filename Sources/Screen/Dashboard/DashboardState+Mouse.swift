import FoundationEssentials
import Homes
import TerminalUI

extension DashboardState {
    /// How far a notch of the wheel scrolls texts.
    private static let wheelLines = 3

    mutating func handle(_ mouse: MouseEvent) -> Effect? {
        switch mouse.kind {
        case .press: return press(at: mouse.position)
        case .drag: drag(to: mouse.position)
        case .wheelUp: turnWheel(.up, at: mouse.position)
        case .wheelDown: turnWheel(.down, at: mouse.position)
        }
        return nil
    }

    /// What a place on the screen stands for in what lies on top; `nil` where a click means nothing.
    func region(at point: Point) -> HitRegion? {
        if let key = footer.key(at: point, in: layout.footer) { return .key(key) }
        guard help == nil else { return nil }
        switch overlay {
        case .log: return nil
        case .module: return regionOfCharts(at: point)
        case .signIn(let state): return view(of: state).layout(in: body).field?.contains(point) == true ? .pasteField : nil
        case .none: return regionOfMainView(at: point)
        }
    }

    private func regionOfMainView(at point: Point) -> HitRegion? {
        let layout = layout
        guard let panel = layout.panel(at: point) else { return nil }
        if panel == .charts { return regionOfCharts(at: point) ?? .panel(panel) }
        guard panel == .readings, let place = layout.readingsPlace else { return .panel(panel) }
        let row = place.layout(rowCount: readings.list.rows.count).row(at: point, offset: readings.offset)
        return row.flatMap { readings.list.device(atRow: $0) == nil ? nil : .reading(row: $0) } ?? .panel(panel)
    }

    /// A place in a chart that can be seen.
    private func regionOfCharts(at point: Point) -> HitRegion? {
        guard let (cell, place) = chartPlaces.first(where: { $0.place.contains(point) }) else { return nil }
        let area = Rect(column: place.column, row: place.row + 1, columns: place.columns, rows: place.rows - 1)
        let drawing = MeasureChart(cell: cell, chart: chart, environment: environment)
        return .chart(moduleID: cell.module.id, cell.measure, time: drawing.time(at: point, in: area))
    }

    private mutating func press(at point: Point) -> Effect? {
        switch region(at: point) {
        case .key(let key):
            // A click on a key is that key, whatever has the focus.
            if case .character = key { changeSignIn { $0.isTyping = false } }
            return handle(key)
        case .reading(let row):
            focus.panel = .readings
            // What is selected already is opened, as by Enter.
            if row == readings.selectedRow { return handle(Key.enter) }
            readings.select(row: row, in: layout.readingsPlace)
        case .chart(let moduleID, let measure, let time): press(chartOf: moduleID, measure, at: time)
        case .panel(let panel):
            chart.removeCursor()
            focus.panel = panel
        case .pasteField: changeSignIn { $0.isTyping = true }
        case nil: break
        }
        return nil
    }

    /// Gives charts the focus, and puts the cursor where the click was.
    private mutating func press(chartOf moduleID: String, _ measure: Measure, at time: Date?) {
        if case .module(var state) = overlay {
            state.focusCharts()
            overlay = .module(state)
        } else {
            focus.panel = .charts
        }
        chart.choose(measure)
        readings.select(deviceWithID: moduleID, in: layout.readingsPlace)
        if let time { chart.putCursor(at: min(time, now)) }
    }

    /// Moves the cursor that a click has put in a chart.
    private mutating func drag(to point: Point) {
        guard chart.cursor != nil, case .chart(_, _, let time?) = region(at: point) else { return }
        chart.putCursor(at: min(time, now))
    }

    private mutating func turnWheel(_ movement: Movement, at point: Point) {
        guard help == nil else {
            help?.move(movement, by: Self.wheelLines, on: size, symbols: symbols)
            return
        }
        switch overlay {
        case .none:
            if let panel = layout.panel(at: point) { move(movement, in: panel) }
        case .log(var state):
            state.move(movement, by: Self.wheelLines, in: log, visible: LogView.visibleLines(on: size))
            overlay = .log(state)
        case .module(var state):
            state.move(movement, by: Self.wheelLines, on: size, last: lastModuleOffset)
            overlay = .module(state)
        case .signIn: break
        }
    }
}
