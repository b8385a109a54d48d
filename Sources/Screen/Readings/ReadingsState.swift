import FoundationEssentials
import Homes
import TerminalUI

/// The readings as the user looks at them: their order and filter, the selected device, and how far they are scrolled.
struct ReadingsState: Sendable {
    private(set) var list: ReadingsList
    private(set) var order = ReadingsOrder()
    private(set) var filter = ReadingsFilter()
    /// The selected device; remembered where it is gone or does not match.
    private var selection: ReadingsList.Key?
    /// Whether the user selected it.
    private var isChosen = false
    private(set) var selectedRow = 0
    /// The first row that shows.
    private(set) var offset = 0

    private let separator: String

    /// - Parameter separator: Stands between names in headings.
    init(separator: String) {
        self.separator = separator
        list = ReadingsList(separator: separator)
    }

    var selectedDevice: Device? { list.device(atRow: selectedRow)?.module }

    /// Makes the rows of new readings; the selected device stays selected wherever it goes.
    ///
    /// - Parameter place: Where the readings are on the screen; `nil` where they have no room.
    mutating func take(_ stations: [Station], in place: ReadingsPlace?) {
        // Rooms that came before the stations, whose place is behind them, keep the selection from none.
        if list.moduleCount == 0, !isChosen { selection = nil }
        list = ReadingsList(stations: stations, by: order, matching: filter.query, separator: separator)
        findSelection(in: place)
    }

    /// Makes the rows anew after a change of order or filter.
    private mutating func arrange(in place: ReadingsPlace?) {
        list.arrange(by: order, matching: filter.query)
        findSelection(in: place)
    }

    private mutating func findSelection(in place: ReadingsPlace?) {
        selectedRow = selection.flatMap(list.row) ?? list.deviceRow(near: selection == nil ? 0 : selectedRow) ?? 0
        // Where nothing matches, the selection is remembered.
        if let device = list.device(atRow: selectedRow) { selection = device.key }
        keepSelectionVisible(in: place)
    }

    // MARK: Selection

    /// Selects the device of a row of the table; a heading has none, and changes nothing.
    mutating func select(row: Int, in place: ReadingsPlace?) {
        guard let device = list.device(atRow: row) else { return }
        selectedRow = row
        selection = device.key
        isChosen = true
        keepSelectionVisible(in: place)
    }

    /// Selects the first device that has an id, if it is among the rows.
    mutating func select(deviceWithID id: String, in place: ReadingsPlace?) {
        guard selectedDevice?.id != id, let row = list.rows.indices.first(where: { list.device(atRow: $0)?.module.id == id }) else {
            return
        }
        select(row: row, in: place)
    }

    mutating func move(_ movement: Movement, in place: ReadingsPlace?) {
        let page = max(1, (place?.rect.rows ?? 0) - 3)
        let target = movement.applied(to: selectedRow, page: page, last: max(0, list.rows.count - 1))
        guard let row = list.deviceRow(near: target, before: target < selectedRow) else { return }
        select(row: row, in: place)
    }

    /// Scrolls so that the selected device shows.
    mutating func keepSelectionVisible(in place: ReadingsPlace?) {
        let rows = list.rows
        let visible = place.map { $0.layout(rowCount: rows.count).visibleRows } ?? 0
        offset = Table.offset(keeping: selectedRow, visible: visible, of: rows.count, current: offset)
        // The headings above the first device come along, as long as the selected one still shows.
        while offset > 0, list.device(atRow: offset - 1) == nil, selectedRow - offset + 1 < visible { offset -= 1 }
    }

    // MARK: Order and filter

    mutating func sort(by order: ReadingsOrder, in place: ReadingsPlace?) {
        self.order = order
        arrange(in: place)
    }

    /// Lets the user type what the readings are filtered by.
    mutating func beginFilter() {
        filter.isTyping = true
        filter.field.end()
    }

    mutating func clearFilter(in place: ReadingsPlace?) {
        filter = ReadingsFilter()
        arrange(in: place)
    }

    /// What a key does while a filter is typed. The arrows move among what matches so far.
    mutating func handleWhileTyping(_ key: Key, in place: ReadingsPlace?) -> KeyResponse {
        switch KeyBinding.action(of: key, in: KeyBinding.filter) {
        case .submit: filter.isTyping = false
        case .back: clearFilter(in: place)
        case .move(let movement): move(movement, in: place)
        case let action?: return .passed(action)
        case nil:
            if filter.field.handle(key) { arrange(in: place) }
        }
        return .taken()
    }

    mutating func paste(_ text: String, in place: ReadingsPlace?) {
        filter.field.insert(text)
        arrange(in: place)
    }
}
