import TerminalUI

/// What the user sees of the selected module in full.
struct ModuleState: Sendable, Hashable {
    /// How many lines are scrolled out at the top.
    private(set) var offset = 0

    /// Whether the arrows to the sides move the cursor in its charts.
    private(set) var hasChartFocus = false

    /// - Parameter last: The furthest that it can be scrolled.
    mutating func handle(_ key: Key, on screen: Size, last: @autoclosure () -> Int) -> KeyResponse {
        switch KeyBinding.action(of: key, in: (hasChartFocus ? KeyBinding.chart : []) + KeyBinding.module) {
        case .nextPanel: hasChartFocus.toggle()
        case .move(let movement): move(movement, on: screen, last: last())
        case let action?: return .passed(action)
        case nil: break
        }
        return .taken()
    }

    mutating func focusCharts() {
        hasChartFocus = true
    }

    mutating func move(_ movement: Movement, by lines: Int = 1, on screen: Size, last: Int) {
        offset = movement.applied(to: min(offset, last), page: max(1, screen.rows - 5), last: last, times: lines)
    }
}
