import TerminalUI

extension DashboardState {
    /// What a key does while the help lies over the main view.
    mutating func handle(_ key: Key, inHelpAt offset: Int) -> Effect? {
        let last = max(0, HelpView.lineCount - (size.rows - 4))
        switch KeyBinding.action(of: key, in: KeyBinding.main) {
        case .move(let movement): overlay = .help(offset: movement.applied(to: offset, page: 10, last: last))
        case .back, .help: overlay = .none
        case .redraw: return .redraw
        case .suspend: return .suspend
        case .quit: return .quit
        default: break
        }
        return nil
    }
}
