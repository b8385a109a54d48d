/// A rectangle of cells on the screen.
package struct Rect: Sendable, Hashable {
    package var column: Int
    package var row: Int
    /// The width in cells, 0 or more.
    package var columns: Int { didSet { columns = max(0, columns) } }
    /// The height in cells, 0 or more.
    package var rows: Int { didSet { rows = max(0, rows) } }

    /// Makes a rectangle; a negative width or height becomes 0.
    package init(column: Int, row: Int, columns: Int, rows: Int) {
        self.column = column
        self.row = row
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }

    /// The rectangle of a whole frame of this size, at 0, 0.
    package init(size: Size) {
        self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
    }

    package var isEmpty: Bool { columns == 0 || rows == 0 }
    package var origin: Point { Point(column: column, row: row) }
    package var size: Size { Size(columns: columns, rows: rows) }
    /// The first column to the right of the rectangle.
    package var endColumn: Int { column + columns }
    /// The first row below the rectangle.
    package var endRow: Int { row + rows }

    package func contains(_ point: Point) -> Bool {
        point.column >= column && point.column < endColumn && point.row >= row && point.row < endRow
    }

    /// What both rectangles share; empty when they don't touch.
    package func intersection(_ other: Rect) -> Rect {
        let left = max(column, other.column)
        let top = max(row, other.row)
        return Rect(
            column: left, row: top, columns: min(endColumn, other.endColumn) - left, rows: min(endRow, other.endRow) - top
        )
    }

    /// The rectangle with `columns` cells taken off left and right, and `rows` off top and bottom. Empty when too little is left.
    package func inset(columns insetColumns: Int, rows insetRows: Int) -> Rect {
        Rect(
            column: column + min(insetColumns, columns), row: row + min(insetRows, rows),
            columns: columns - 2 * insetColumns, rows: rows - 2 * insetRows
        )
    }

    /// Parts one below the other, one for each constraint, from top to bottom.
    package func splitRows(_ constraints: [Constraint]) -> [Rect] {
        var top = row
        return Constraint.lengths(constraints, of: rows).map { length in
            defer { top += length }
            return Rect(column: column, row: top, columns: columns, rows: length)
        }
    }

    /// Parts side by side, one for each constraint, from left to right.
    package func splitColumns(_ constraints: [Constraint]) -> [Rect] {
        var left = column
        return Constraint.lengths(constraints, of: columns).map { length in
            defer { left += length }
            return Rect(column: left, row: row, columns: length, rows: rows)
        }
    }

    /// One row of the rectangle, counted from 0 at its top; empty when it is outside.
    package func line(_ index: Int) -> Rect {
        Rect(column: column, row: row + index, columns: columns, rows: index >= 0 && index < rows ? 1 : 0)
    }

    /// A rectangle of this size in the middle of this one, no larger than it.
    package func centred(_ size: Size) -> Rect {
        Rect(
            column: column + max(0, columns - size.columns) / 2, row: row + max(0, rows - size.rows) / 2,
            columns: min(size.columns, columns), rows: min(size.rows, rows)
        )
    }
}
