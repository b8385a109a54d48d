/// Rows under headings, one of them selected, scrolled to where it is seen.
///
/// Only the rows that show are asked for and drawn, so that a long table costs no more than a short one. The row of headings is the
/// first row of the rectangle; a column at the left holds the marker of the selected row, one at the right shows how far it is scrolled
/// when there are more rows than fit.
package struct Table: Widget {
    private let columns: [TableColumn]
    private let rowCount: Int
    private let row: (Int) -> TableRow
    private let selected: Int?
    private let offset: Int
    private let isFocused: Bool
    private let symbols: Symbols

    /// - Parameters:
    ///   - row: Makes a row; called once for each that shows.
    ///   - selected: The selected row, counted from 0.
    ///   - offset: The first row that shows.
    ///   - isFocused: Whether the selected row is shown in reverse video, or by its marker only.
    package init(
        columns: [TableColumn], rowCount: Int, row: @escaping (Int) -> TableRow, selected: Int? = nil, offset: Int = 0,
        isFocused: Bool = false, symbols: Symbols
    ) {
        self.columns = columns
        self.rowCount = max(0, rowCount)
        self.row = row
        self.selected = selected
        self.offset = offset
        self.isFocused = isFocused
        self.symbols = symbols
    }

    /// Which of the columns, by their places in the list, a table of that width has room for.
    package static func shownColumns(_ columns: [TableColumn], in width: Int) -> [Int] {
        // The marker at the left, and at the right the mark of where it is scrolled.
        TableLayout(columns: columns, available: width - 2).slots.map(\.index)
    }

    /// The number of rows that show in a rectangle of this height, which includes the headings.
    package static func visibleRows(in height: Int) -> Int {
        max(0, height - 1)
    }

    /// The offset nearest to `current` at which the row `selected` shows.
    /// - Parameters:
    ///   - selected: The row to show.
    ///   - visible: The number of rows that fit.
    ///   - count: The number of all rows; with it, no blank rows are left at the end.
    ///   - current: The offset up to now.
    package static func offset(keeping selected: Int, visible: Int, of count: Int? = nil, current: Int) -> Int {
        guard visible > 0 else { return max(0, selected) }
        var offset = max(0, current)
        if let count { offset = min(offset, max(0, count - visible)) }
        return max(0, min(max(offset, selected - visible + 1), selected))
    }

    /// Draws the headings and the visible rows.
    package func render(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let visible = Self.visibleRows(in: rect.rows)
        let first = min(max(0, offset), max(0, rowCount - 1))
        let scrolls = rowCount > visible && visible > 0
        let body = Rect(column: rect.column + 1, row: rect.row, columns: rect.columns - (scrolls ? 2 : 1), rows: rect.rows)
        let layout = TableLayout(columns: columns, available: body.columns)
        renderCells(columns.map { Line($0.title, $0.titleStyle) }, layout: layout, into: &frame, in: body.line(0))
        for index in first..<min(rowCount, first + visible) {
            let line = rect.line(1 + index - first)
            renderCells(row(index).cells, layout: layout, into: &frame, in: body.line(1 + index - first))
            if index == selected { renderSelection(into: &frame, in: line) }
        }
        if scrolls { renderScrollMark(first: first, visible: visible, into: &frame, in: rect) }
    }

    /// Draws a row of cells. A text wider than its column runs over the blank cells after it.
    private func renderCells(_ cells: [Line], layout: TableLayout, into frame: inout Frame, in rect: Rect) {
        for (position, slot) in layout.slots.enumerated() where slot.index < cells.count {
            let cell = cells[slot.index]
            var columns = slot.width
            var alignment = self.columns[slot.index].alignment
            if cell.width > slot.width {
                for next in layout.slots[(position + 1)...] {
                    guard next.index >= cells.count || cells[next.index].width == 0 else { break }
                    columns = next.offset + next.width - slot.offset
                    alignment = .left
                }
            }
            let place = Rect(column: rect.column + slot.offset, row: rect.row, columns: columns, rows: rect.rows)
            TextLine(cell, alignment: alignment, symbols: symbols).render(into: &frame, in: place.intersection(rect))
        }
    }

    private func renderSelection(into frame: inout Frame, in line: Rect) {
        frame.write(symbols.marker, at: line.origin, style: .accent)
        if isFocused {
            frame.setStyle(in: line, .selection)
        } else {
            frame.addAttributes(in: line, .bold)
        }
    }

    /// A mark at the right edge of the rows, as far down as the table is scrolled.
    private func renderScrollMark(first: Int, visible: Int, into frame: inout Frame, in rect: Rect) {
        let length = max(1, visible * visible / rowCount)
        let top = (visible - length) * min(first, rowCount - visible) / max(1, rowCount - visible)
        let mark = Rect(column: rect.endColumn - 1, row: rect.row + 1 + top, columns: 1, rows: length)
        frame.fill(mark, glyph: symbols.scrollMark, style: .muted)
    }
}
