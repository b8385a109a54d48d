/// A row of a table: a line of spans for each column.
package struct TableRow: Sendable, Hashable, ExpressibleByArrayLiteral {
    /// The cells, in the order of the columns. Missing ones are blank.
    package var cells: [Line]

    package init(cells: [Line]) {
        self.cells = cells
    }

    package init(arrayLiteral elements: Line...) {
        cells = elements
    }
}
