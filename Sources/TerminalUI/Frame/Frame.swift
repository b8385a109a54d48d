/// What the screen should show: a grid of cells, and where the cursor is, if it shows at all.
///
/// A frame is a value. Widgets write into it, the terminal puts it on the screen, tests compare its `lines`.
package struct Frame: Sendable, Equatable {
    package let size: Size
    /// Where the cursor shows; nil hides it.
    package var cursor: Point?
    var cells: [Cell]

    /// Makes a frame of blanks.
    package init(size: Size, style: Style = .plain) {
        self.size = size
        cells = Array(repeating: Cell(text: " ", style: style), count: size.columns * size.rows)
    }

    package var bounds: Rect { Rect(size: size) }

    /// The cell at this place; a blank outside of the frame.
    package subscript(column: Int, row: Int) -> Cell {
        bounds.contains(Point(column: column, row: row)) ? cells[row * size.columns + column] : .blank
    }

    /// The text of each row without the blanks at its end.
    package var lines: [String] {
        (0..<size.rows).map { row in
            var line = ""
            for cell in cells[row * size.columns..<(row + 1) * size.columns] where !cell.isContinuation {
                cell.text.write(to: &line)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// Puts `glyph` into every cell of `rect` that is inside the frame.
    package mutating func fill(_ rect: Rect, glyph: Character = " ", style: Style = .plain) {
        let rect = rect.intersection(bounds)
        let text = Glyphs(String(glyph)).first { $0.width == 1 }?.text ?? " "
        for row in rect.row..<rect.endRow {
            for column in rect.column..<rect.endColumn {
                put(text, width: 1, at: Point(column: column, row: row), style: style)
            }
        }
    }

    /// Gives every cell of `rect` this style and leaves the text.
    package mutating func setStyle(in rect: Rect, _ style: Style) {
        restyle(rect) { _ in style }
    }

    /// Adds `attributes` to every cell of `rect`.
    package mutating func addAttributes(in rect: Rect, _ attributes: Attributes) {
        restyle(rect) { $0.with(attributes) }
    }

    private mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
        let rect = rect.intersection(bounds)
        for row in rect.row..<rect.endRow {
            for column in rect.column..<rect.endColumn {
                let index = row * size.columns + column
                cells[index].style = change(cells[index].style)
                // Both halves of a wide glyph look the same.
                if cells[index].isContinuation, column > 0 { cells[index - 1].style = cells[index].style }
                if column + 1 < size.columns, cells[index + 1].isContinuation { cells[index + 1].style = cells[index].style }
            }
        }
    }
}
