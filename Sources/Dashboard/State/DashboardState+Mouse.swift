import TerminalUI

extension DashboardState {
    /// How far a notch of the wheel scrolls texts.
    private static let wheelLines = 3

    /// What the mouse does.
    mutating func handle(_ mouse: MouseEvent) -> Effect? {
        if mouse.kind == .press, layout.footer.contains(mouse.position) { return press(keyAt: mouse.position.column) }
        guard help == nil else {
            turnWheel(mouse) { $0.moveInHelp($1, by: Self.wheelLines) }
            return nil
        }
        switch overlay {
        case .none: return handleInMainView(mouse)
        case .log: turnWheel(mouse) { $0.moveInLog($1, by: Self.wheelLines) }
        case .module: turnWheel(mouse) { $0.scrollModule($1, by: Self.wheelLines) }
        case .signIn(let form): click(mouse, in: form)
        }
        return nil
    }

    /// A click on a key at the foot of the screen is that key, whatever has the focus.
    private mutating func press(keyAt column: Int) -> Effect? {
        guard message == nil, let key = KeyBinding.key(at: column, of: size.columns, in: bindings) else { return nil }
        if case .signIn(var form) = overlay, case .character = key {
            form.isTyping = false
            overlay = .signIn(form)
        }
        return handle(key)
    }

    private mutating func turnWheel(_ mouse: MouseEvent, _ move: (inout DashboardState, Movement) -> Void) {
        switch mouse.kind {
        case .wheelUp: move(&self, .up)
        case .wheelDown: move(&self, .down)
        case .press: break
        }
    }

    /// A click into the paste field gives it the focus.
    private mutating func click(_ mouse: MouseEvent, in form: SignInForm) {
        guard mouse.kind == .press, frame.lines.indices.contains(mouse.position.row),
            frame.lines[mouse.position.row].contains(SignInTexts.fieldLabel)
        else { return }
        var form = form
        form.isTyping = true
        overlay = .signIn(form)
    }

    private mutating func handleInMainView(_ mouse: MouseEvent) -> Effect? {
        let layout = layout
        guard let panel = layout.panels.first(where: { layout.rect(of: $0)?.contains(mouse.position) == true }) else { return nil }
        turnWheel(mouse) { $0.move($1, in: panel) }
        guard mouse.kind == .press else { return nil }
        focus = panel
        guard panel == .readings, let row = ReadingsPanel.row(at: mouse.position, in: self), readings.device(atRow: row) != nil
        else { return nil }
        let isSelected = row == selectedRow
        select(row: row)
        // What is selected already is opened, as by Enter.
        return isSelected ? handle(Key.enter) : nil
    }
}
