import TerminalUI

extension DashboardState {
    /// What a key does while a help lies over something.
    mutating func handleInHelp(_ key: Key) -> Effect? {
        switch KeyBinding.action(of: key, in: KeyBinding.help) {
        case .move(let movement): moveInHelp(movement)
        case .back: help = nil
        case .redraw: return .redraw
        case .suspend: return .suspend
        case .quit: return .quit
        default: break
        }
        return nil
    }

    /// Scrolls the help.
    mutating func moveInHelp(_ movement: Movement, by lines: Int = 1) {
        guard let help else { return }
        let last = HelpView.lastOffset(help.sections, screen: size, symbols: symbols)
        let page = max(1, size.rows - 5)
        let offset = (0..<lines).reduce(help.offset) { offset, _ in movement.applied(to: offset, page: page, last: last) }
        self.help?.offset = offset
    }
}

/// A help that lies over a view, which it leaves as it is.
struct Help: Sendable {
    let title: String
    let sections: [HelpSection]
    /// How many lines are scrolled out at the top.
    var offset = 0
}
