extension Frame {
    /// Draws rows of another frame into `rect`, from `firstRow` on, as many as there are and have room. For what is scrolled: it
    /// is drawn in full beside the screen, and a part of it shown.
    package mutating func draw(_ other: Frame, from firstRow: Int, in rect: Rect) {
        for row in 0..<max(0, min(rect.rows, other.size.rows - max(0, firstRow))) {
            for column in 0..<min(rect.columns, other.size.columns) {
                let cell = other[column, row + max(0, firstRow)]
                guard !cell.isContinuation else { continue }
                let width = other[column + 1, row + max(0, firstRow)].isContinuation ? 2 : 1
                let point = Point(column: rect.column + column, row: rect.row + row)
                guard column + width <= rect.columns, bounds.contains(point), point.column + width <= size.columns else { continue }
                put(cell.text, width: width, at: point, style: cell.style)
            }
        }
    }
}
