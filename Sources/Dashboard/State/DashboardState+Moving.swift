import Exporter
import TerminalUI

extension DashboardState {
    /// Gives the focus to another panel.
    mutating func moveFocus(by step: Int) {
        let stops = MainLayout.stops(on: size)
        // Where nothing but the token shows, it is where one is, whatever would have the focus on a larger screen.
        let current = layout.panels.contains(focus) ? focus : .token
        let index = stops.firstIndex(of: current) ?? 0
        show(stops[(index + step + stops.count) % stops.count])
    }

    /// Gives a panel the focus, alone on the screen where it has no place otherwise.
    mutating func show(_ panel: PanelName) {
        focus = panel
        panelAlone = MainLayout(size: size).rect(of: panel) == nil ? panel : nil
        keepSelectionVisible()
    }

    /// Where the panels of the main view are now.
    var layout: MainLayout { MainLayout(size: size, alone: panelAlone) }

    /// Moves in the panel that has the focus.
    mutating func move(_ movement: Movement) {
        move(movement, in: focus)
    }

    /// Moves in a panel.
    mutating func move(_ movement: Movement, in panel: PanelName) {
        let layout = layout
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
