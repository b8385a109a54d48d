import TerminalUI

extension DashboardState {
    /// What the mouse does.
    mutating func handle(_ mouse: MouseEvent) {
        switch overlay {
        case .none: handleInMainView(mouse)
        case .log where mouse.kind == .wheelUp: moveInLog(.up, by: Self.wheelLines)
        case .log where mouse.kind == .wheelDown: moveInLog(.down, by: Self.wheelLines)
        case .module where mouse.kind == .wheelUp: scrollModule(.up, by: Self.wheelLines)
        case .module where mouse.kind == .wheelDown: scrollModule(.down, by: Self.wheelLines)
        case .help, .log, .module, .signIn: break
        }
    }

    /// How far a notch of the wheel scrolls the log.
    private static let wheelLines = 3

    private mutating func handleInMainView(_ mouse: MouseEvent) {
        let layout = MainLayout(size: size)
        guard let panel = PanelName.allCases.first(where: { layout.rect(of: $0)?.contains(mouse.position) == true }) else { return }
        switch mouse.kind {
        case .press: focus = panel
        case .wheelUp: move(.up, in: panel)
        case .wheelDown: move(.down, in: panel)
        }
    }
}
