/// A row of a table: a line of spans for each column.
public struct TableRow: Sendable, Hashable, ExpressibleByArrayLiteral {
    /// The cells, in the order of the columns. Missing ones are blank.
    public var cells: [Line]

    /// Makes a row.
    public init(cells: [Line]) {
        self.cells = cells
    }

    /// Makes a row.
    public init(arrayLiteral elements: Line...) {
        cells = elements
    }
}
