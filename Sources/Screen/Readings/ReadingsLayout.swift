import TerminalUI

/// Where the table and the chart are in the panel of the readings: the table gets what it needs, the chart what is left, if that is
/// enough to be worth it.
struct ReadingsLayout: Sendable, Hashable {
    let table: Rect
    /// `nil` where it has no room.
    let chart: Rect?
    private let rowCount: Int

    /// The fewest rows that a chart is worth, its title included.
    private static let chartRows = 9

    /// - Parameter rowCount: The rows of the table, without its headings.
    init(place: ReadingsPlace, rowCount: Int) {
        self.rowCount = rowCount
        let interior = Panel.interior(of: place.rect)
        let needed = rowCount + 1
        guard place.holdsChart, interior.rows - min(needed, interior.rows * 3 / 5) >= Self.chartRows, interior.columns >= 50 else {
            (table, chart) = (interior, nil)
            return
        }
        let tableRows = min(needed, interior.rows - max(Self.chartRows, interior.rows * 2 / 5))
        let parts = interior.splitRows([.length(tableRows), .fill(1)])
        (table, chart) = (parts[0], parts[1])
    }

    /// How many rows of the table show.
    var visibleRows: Int { Table.visibleRows(in: table.rows) }

    /// The row of the table at a place on the screen; `nil` where there is none.
    ///
    /// - Parameter offset: The first row that shows.
    func row(at point: Point, offset: Int) -> Int? {
        guard table.contains(point), point.row > table.row else { return nil }
        let row = offset + point.row - table.row - 1
        return row < rowCount ? row : nil
    }
}
