/// A place on the screen, counted in cells from 0 at the top left.
package struct Point: Sendable, Hashable {
    package var column: Int
    package var row: Int

    package init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }
}

extension Point {
    /// The place so many cells to the right, and so many down.
    package func moved(_ columns: Int, _ rows: Int) -> Point {
        Point(column: column + columns, row: row + rows)
    }
}
