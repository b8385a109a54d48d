import TerminalUI

/// Which panel of the main view the arrow keys move in.
struct FocusState: Sendable, Hashable {
    /// The panel that has the focus.
    var panel = PanelName.readings
    /// The panel that is shown alone, on a screen that has no place for it beside the token.
    private(set) var alone: PanelName?

    /// Where the panels are on a screen.
    func layout(on screen: Size, rows: TableRows) -> MainLayout {
        MainLayout(size: screen, rows: rows, alone: alone)
    }

    /// Gives a panel the focus, alone on the screen where it has no place otherwise.
    mutating func show(_ panel: PanelName, on screen: Size, rows: TableRows) {
        self.panel = panel
        alone = MainLayout(size: screen, rows: rows).rect(of: panel) == nil ? panel : nil
    }

    /// Gives the focus to another panel, round and round.
    mutating func move(by step: Int, on screen: Size, rows: TableRows) {
        let stops = MainLayout.stops(on: screen, rows: rows)
        // Where nothing but the token shows, it is where one is, whatever would have the focus on a larger screen.
        let current = layout(on: screen, rows: rows).panels.contains(panel) ? panel : .token
        show(stops.element(step, from: current), on: screen, rows: rows)
    }

    /// Takes another size of the screen, where a panel alone may get its place back.
    mutating func resize(to screen: Size, rows: TableRows) {
        if let alone { show(alone, on: screen, rows: rows) }
        // The charts are never shown alone: a module in full has them on any screen.
        if panel == .charts, layout(on: screen, rows: rows).charts == nil { panel = .readings }
    }
}
