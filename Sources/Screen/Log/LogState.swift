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
    /// - Parameters:
    ///   - log: The lines.
    ///   - visible: How many of them have room.
    func firstIndex(in log: LogTail, visible: Int) -> Int {
        let last = Self.lastIndex(in: log, visible: visible)
        guard let top else { return last }
        return min(max(0, top - log.forgotten), last)
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
