/// A horizontal line between two corners or junctions, with a text near each end when there is room for it.
struct Edge {
    let left: Character
    let right: Character
    let line: Character
    let style: Style
    let symbols: Symbols

    func render(title: Line, trailing: Line, into frame: inout Frame, in rect: Rect) {
        guard rect.columns >= 2, rect.rows == 1 else { return }
        let row = rect.row
        frame.fill(rect, glyph: line, style: style)
        frame.write(String(left), at: rect.origin, style: style)
        frame.write(String(right), at: Point(column: rect.endColumn - 1, row: row), style: style)

        // A corner and a blank on either side of each text; the title comes first when there is not room for both.
        let room = rect.columns - 4
        let shownTitle = title.clipped(to: room, symbols: symbols)
        let titleWidth = shownTitle.width
        if titleWidth > 0 {
            set(shownTitle, width: titleWidth, at: Point(column: rect.column + 1, row: row), into: &frame)
        }
        let trailingWidth = trailing.width
        let taken = titleWidth > 0 ? titleWidth + 3 : 0
        guard trailingWidth > 0, taken + trailingWidth <= room else { return }
        set(trailing, width: trailingWidth, at: Point(column: rect.endColumn - 3 - trailingWidth, row: row), into: &frame)
    }

    /// The text with a blank before and after it.
    private func set(_ text: Line, width: Int, at point: Point, into frame: inout Frame) {
        frame.fill(Rect(column: point.column, row: point.row, columns: width + 2, rows: 1))
        frame.write(text, at: Point(column: point.column + 1, row: point.row), limit: width)
    }
}
