import EngineAPI
import TerminalUI

/// Where the user looks in the log.
struct LogState: Sendable, Hashable {
    /// The number of the top line that shows, counted from the first line there ever was; `nil` follows the newest line.
    private(set) var top: Int?
    /// How many cells of each message are scrolled out at the left.
    private(set) var column = 0

    /// How many cells a step sideways is.
    private static let sideStep = 10

    /// The index of the top line that shows.
    ///
    /// - Parameter visible: How many lines have room.
    func firstIndex(in log: LogTail, visible: Int) -> Int {
        let last = Self.lastIndex(in: log, visible: visible)
        guard let top else { return last }
        return min(max(0, top - log.forgotten), last)
    }

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

    /// Moves; arriving at the end follows the newest line again.
    mutating func move(_ movement: Movement, by lines: Int = 1, in log: LogTail, visible: Int) {
        let last = Self.lastIndex(in: log, visible: visible)
        let first = firstIndex(in: log, visible: visible)
        let index = movement.applied(to: first, page: max(1, visible - 1), last: last, times: lines)
        top = index >= last ? nil : index + log.forgotten
    }

    /// Moves sideways, as far as there is something to read.
    mutating func moveSideways(by steps: Int, widest: Int, room: Int) {
        let furthest = max(0, widest - room + Self.sideStep - 1) / Self.sideStep * Self.sideStep
        column = min(max(0, column + steps * Self.sideStep), furthest)
    }

    private static func lastIndex(in log: LogTail, visible: Int) -> Int {
        max(0, log.lines.count - visible)
    }
}
