import TerminalUI

extension LogState {
    /// What a key does in the log.
    mutating func handle(_ key: Key, in log: LogTail, on screen: Size) -> KeyResponse {
        switch KeyBinding.action(of: key, in: KeyBinding.log) {
        case .move(let movement): move(movement, in: log, visible: LogView.visibleLines(on: screen))
        case .scrollLeft: moveSideways(by: -1, in: log, on: screen)
        case .scrollRight: moveSideways(by: 1, in: log, on: screen)
        case let action?: return .passed(action)
        case nil: break
        }
        return .taken()
    }

    private mutating func moveSideways(by steps: Int, in log: LogTail, on screen: Size) {
        let widest = log.lines.map { displayWidth(of: $0.message) }.max() ?? 0
        moveSideways(by: steps, widest: widest, room: LogView.messageColumns(on: screen))
    }
}
