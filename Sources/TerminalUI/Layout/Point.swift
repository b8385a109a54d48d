/// A place on the screen, counted in cells from 0 at the top left.
package struct Point: Sendable, Hashable {
    /// The column, 0 at the left.
    package var column: Int
    /// The row, 0 at the top.
    package var row: Int

    /// Makes a point.
    package init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }
}
