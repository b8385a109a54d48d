extension Frame {
    /// Writes `text` in one row, from `point` to the right, and returns the number of cells it took.
    ///
    /// The text is clipped by display width to `columns` and to the frame; it never wraps. Control characters, direction overrides
    /// and invisible characters are replaced or left out as `sanitised` does.
    @discardableResult
    package mutating func write(_ text: String, at point: Point, style: Style = .plain, limit columns: Int? = nil) -> Int {
        guard point.row >= 0, point.row < size.rows else { return 0 }
        let end = min(size.columns, columns.map { point.column + max(0, $0) } ?? size.columns)
        var column = point.column
        for glyph in Glyphs(text) {
            guard column + glyph.width <= end else { break }
            if column >= 0 {
                put(glyph.text, width: glyph.width, at: Point(column: column, row: point.row), style: style)
            } else if column + glyph.width > 0 {
                // Half of a wide glyph at the left edge.
                put(" ", width: 1, at: Point(column: 0, row: point.row), style: style)
            }
            column += glyph.width
        }
        return column - point.column
    }

    /// Writes a line of spans in one row, each span in its own style, and returns the number of cells it took.
    @discardableResult
    package mutating func write(_ line: Line, at point: Point, limit columns: Int? = nil) -> Int {
        var used = 0
        for span in line.spans {
            let room = columns.map { $0 - used }
            if let room, room <= 0 { break }
            used += write(span.text, at: Point(column: point.column + used, row: point.row), style: span.style, limit: room)
        }
        return used
    }

    /// Puts a glyph of one cell, as those of ``Symbols`` and braille are, at a place; outside of the frame nothing happens. Quicker than
    /// ``write(_:at:style:limit:)``, which has to look at its text.
    mutating func put(_ text: CellText, at point: Point, style: Style) {
        guard bounds.contains(point) else { return }
        put(text, width: 1, at: point, style: style)
    }

    /// Puts one glyph into its cell or cells, which are inside the frame, and blanks what is left of a wide glyph that it covers by half.
    mutating func put(_ text: CellText, width: Int, at point: Point, style: Style) {
        let index = point.row * size.columns + point.column
        let last = index + width - 1
        let rowEnd = (point.row + 1) * size.columns
        if cells[index].isContinuation, point.column > 0 {
            cells[index - 1].text = " "
        }
        if last + 1 < rowEnd, cells[last + 1].isContinuation {
            cells[last + 1].text = " "
        }
        cells[index] = Cell(text: text, style: style)
        if width == 2 {
            cells[last] = .continuation(style: style)
        }
    }
}
