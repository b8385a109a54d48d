import TerminalUI

extension DashboardState {
    /// Orders the readings by the next criterion.
    mutating func sortByNext() {
        sort(by: order.next)
    }

    /// Turns the order around.
    mutating func reverseOrder() {
        sort(by: ReadingsOrder(criterion: order.criterion, isReversed: !order.isReversed))
    }

    private mutating func sort(by order: ReadingsOrder) {
        show(.readings)
        self.order = order
        arrangeReadings()
        say(order.description, .accent)
    }

    /// Lets the user type what the readings are filtered by.
    mutating func beginFilter() {
        show(.readings)
        filter.isTyping = true
        filter.field.end()
        message = nil
    }

    /// Shows all readings again.
    mutating func clearFilter() {
        filter = ReadingsFilter()
        arrangeReadings()
    }

    /// What a key does while a filter is typed. The arrows move among what matches so far.
    mutating func handleInFilter(_ key: Key) -> Effect? {
        switch KeyBinding.action(of: key, in: KeyBinding.filter) {
        case .submit: filter.isTyping = false
        case .back: clearFilter()
        case .move(let movement): move(movement, in: .readings)
        case .redraw: return .redraw
        case .suspend: return .suspend
        default:
            if filter.field.handle(key) { arrangeReadings() }
        }
        return nil
    }

    /// Takes what was pasted while a filter is typed.
    mutating func pasteIntoFilter(_ text: String) {
        filter.field.insert(text)
        arrangeReadings()
    }
}
