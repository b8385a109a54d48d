import TerminalUI

extension DashboardState {
    /// How far a notch of the wheel scrolls texts.
    private static let wheelLines = 3

    mutating func handle(_ mouse: MouseEvent) -> Effect? {
        switch mouse.kind {
        case .press: return press(at: mouse.position)
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
        case .log, .module: return nil
        case .signIn(let state): return view(of: state).layout(in: body).field?.contains(point) == true ? .pasteField : nil
        case .none: return regionOfMainView(at: point)
        }
    }

    private func regionOfMainView(at point: Point) -> HitRegion? {
        let layout = layout
        guard let panel = layout.panel(at: point) else { return nil }
        guard panel == .readings, let place = layout.readings else { return .panel(panel) }
        let row = ReadingsLayout(place: place, rowCount: readings.list.rows.count).row(at: point, offset: readings.offset)
        return row.flatMap { readings.list.device(atRow: $0) == nil ? nil : .reading(row: $0) } ?? .panel(panel)
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
            readings.select(row: row, in: layout.readings)
        case .panel(let panel): focus.panel = panel
        case .pasteField: changeSignIn { $0.isTyping = true }
        case nil: break
        }
        return nil
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
