import Exporter
import TerminalUI

extension DashboardState {
    /// Gives the focus to another panel.
    mutating func moveFocus(by step: Int) {
        let panels = MainLayout(size: size).panels
        guard !panels.isEmpty else { return }
        let index = panels.firstIndex(of: focus) ?? 0
        focus = panels[(index + step + panels.count) % panels.count]
    }

    /// Moves in the panel that has the focus.
    mutating func move(_ movement: Movement) {
        move(movement, in: focus)
    }

    /// Moves in a panel.
    mutating func move(_ movement: Movement, in panel: PanelName) {
        let layout = MainLayout(size: size)
        let page = max(1, (layout.rect(of: panel)?.rows ?? 3) - 3)
        switch panel {
        case .readings:
            moveSelection(movement, page: page)
        case .history:
            historyOffset = movement.applied(to: historyOffset, page: page, last: max(0, snapshot.events.count - page - 1))
        case .token:
            break
        }
    }
}

extension Movement {
    /// Where the movement leads from an index.
    func applied(to index: Int, page: Int, last: Int) -> Int {
        let target =
            switch self {
            case .up: index - 1
            case .down: index + 1
            case .pageUp: index - page
            case .pageDown: index + page
            case .first: 0
            case .last: last
            }
        return min(max(0, target), max(0, last))
    }
}
