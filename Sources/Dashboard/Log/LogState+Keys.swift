import TerminalUI

extension DashboardState {
    /// What a key does in the log.
    mutating func handleInLog(_ key: Key) -> Effect? {
        switch KeyBinding.action(of: key, in: KeyBinding.log) {
        case .move(let movement): moveInLog(movement)
        case .scrollLeft: moveSidewaysInLog(by: -1)
        case .scrollRight: moveSidewaysInLog(by: 1)
        case .back: overlay = .none
        case .help: help = Help(title: "Help", sections: HelpSection.all)
        case .signIn, .fetch, .renew: return perform(KeyBinding.action(of: key, in: KeyBinding.log))
        case .redraw: return .redraw
        case .suspend: return .suspend
        case .quit: return .quit
        default: break
        }
        return nil
    }

    /// Scrolls the log.
    mutating func moveInLog(_ movement: Movement, by lines: Int = 1) {
        guard case .log(var scroll) = overlay else { return }
        scroll.move(movement, by: lines, in: log, visible: LogView.visibleLines(on: size))
        overlay = .log(scroll)
    }

    private mutating func moveSidewaysInLog(by steps: Int) {
        guard case .log(var scroll) = overlay else { return }
        let widest = log.lines.map { displayWidth(of: $0.message) }.max() ?? 0
        scroll.moveSideways(by: steps, widest: widest, room: LogView.messageColumns(on: size))
        overlay = .log(scroll)
    }
}
