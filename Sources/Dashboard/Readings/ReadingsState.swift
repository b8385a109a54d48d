import FoundationEssentials
import Homes
import TerminalUI

extension DashboardState {
    /// The selected device.
    var selectedDevice: Module? {
        readings.device(atRow: selectedRow)?.module
    }

    /// Whether a module's readings are too old to be believed.
    func isStale(_ module: Module) -> Bool {
        guard let time = module.readings?.time else { return false }
        return time < staleBefore
    }

    /// How many modules' readings are.
    var staleCount: Int {
        readings.count(before: staleBefore)
    }

    private var staleBefore: Date {
        now.addingTimeInterval(-(staleAge / .seconds(1)))
    }

    /// Makes the rows of new readings; the selected device stays selected wherever it goes.
    mutating func takeReadings(of stations: [Station]) {
        readings = ReadingsList(stations: stations, separator: symbols.separator)
        arrangeReadings()
        if case .module = overlay, selectedDevice == nil { overlay = .none }
    }

    /// Makes the rows anew after a change of order or filter.
    mutating func arrangeReadings() {
        readings.arrange(by: order, matching: filter.query)
        selectedRow = selection.flatMap(readings.row) ?? readings.deviceRow(near: selection == nil ? 0 : selectedRow) ?? 0
        // Where nothing matches, the selection is remembered.
        if let device = readings.device(atRow: selectedRow) { selection = device.key }
        keepSelectionVisible()
    }

    /// Selects the device of a row of the table; a heading has none, and changes nothing.
    mutating func select(row: Int) {
        guard let device = readings.device(atRow: row) else { return }
        selectedRow = row
        selection = device.key
        keepSelectionVisible()
    }

    /// Moves the selection.
    mutating func moveSelection(_ movement: Movement, page: Int) {
        let target = movement.applied(to: selectedRow, page: page, last: max(0, readings.rows.count - 1))
        guard let row = readings.deviceRow(near: target, before: target < selectedRow) else { return }
        select(row: row)
    }

    /// Scrolls the readings so that the selected device shows.
    mutating func keepSelectionVisible() {
        let rows = readings.rows
        let visible = ReadingsPanel.visibleRows(in: layout, rowCount: rows.count)
        readingsOffset = Table.offset(keeping: selectedRow, visible: visible, of: rows.count, current: readingsOffset)
        // The headings above the first device come along, as long as the selected one still shows.
        while readingsOffset > 0, readings.device(atRow: readingsOffset - 1) == nil, selectedRow - readingsOffset + 1 < visible {
            readingsOffset -= 1
        }
    }
}
