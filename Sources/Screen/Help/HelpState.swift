import TerminalUI

/// A help that lies over a view, which it leaves as it is.
struct HelpState: Sendable {
    let title: String
    let sections: [HelpSection]
    /// How many lines are scrolled out at the top.
    private(set) var offset = 0

    mutating func handle(_ key: Key, on screen: Size, symbols: Symbols) -> KeyResponse {
        switch KeyBinding.action(of: key, in: KeyBinding.help) {
        case .move(let movement): move(movement, on: screen, symbols: symbols)
        case let action?: return .passed(action)
        case nil: break
        }
        return .taken()
    }

    mutating func move(_ movement: Movement, by lines: Int = 1, on screen: Size, symbols: Symbols) {
        let last = HelpView.lastOffset(sections, screen: screen, symbols: symbols)
        offset = movement.applied(to: offset, page: max(1, screen.rows - 5), last: last, times: lines)
    }
}
