import TerminalUI

/// What the user sees of what happened.
struct EventsState: Sendable, Hashable {
    /// How many of the newest events are scrolled out.
    private(set) var offset = 0

    /// Takes note of new events: while the user looks at older ones, they must not push these away.
    mutating func note(newEvents count: Int) {
        if offset > 0 { offset += max(0, count) }
    }

    /// - Parameter place: Where the events are on the screen; `nil` where they have no room.
    mutating func move(_ movement: Movement, count: Int, in place: Rect?) {
        let page = max(1, (place?.rows ?? 0) - 3)
        offset = movement.applied(to: offset, page: page, last: max(0, count - page - 1))
    }
}
