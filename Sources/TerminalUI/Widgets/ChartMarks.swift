/// What lies over the curves of a chart: faint lines at times and values, and the cursor.
struct ChartMarks {
    let chart: Chart
    let axis: ValueAxis?
    let scale: ChartScale

    private var symbols: Symbols { chart.symbols }
    private var plot: Rect { scale.plot }

    func render(into frame: inout Frame) {
        for mark in chart.marks {
            guard let column = scale.column(of: mark) else { continue }
            for row in plot.row..<plot.endRow { hint(symbols.lines.faintVertical, column, row, into: &frame) }
        }
        for level in chart.levels { renderLevel(level, into: &frame) }
        if let cursor = chart.cursor { renderCursor(at: cursor, into: &frame) }
    }

    /// Draws where nothing is, and through areas, but over no line, so that a curve is never cut by what only helps to read it.
    private func hint(_ glyph: Character, _ column: Int, _ row: Int, into frame: inout Frame) {
        let cell = frame[column, row]
        if cell.text == " " {
            frame.put(CellText(glyph), at: Point(column: column, row: row), style: .muted)
        } else if isInArea(cell) {
            frame.put(CellText(glyph), at: Point(column: column, row: row), style: cell.style.reverse())
        }
    }

    private func isInArea(_ cell: Cell) -> Bool {
        cell.style.attributes.contains(.area) && (cell.text == ChartCurve.solid || cell.text == ChartCurve.light)
    }

    private func renderLevel(_ level: ChartLevel, into frame: inout Frame) {
        guard let row = scale.row(of: level.y), row > plot.row else { return }
        let width = displayWidth(of: level.text)
        let isOnAxis = axis?.ticks.contains { plot.endRow - $0.row == row && $0.value == level.y } ?? false
        // At the left, since the latest values are looked at most.
        if !isOnAxis, width + 2 <= plot.columns, (0..<width + 1).allSatisfy({ frame[plot.column + $0, row].text == " " }) {
            frame.write(level.text, at: Point(column: plot.column, row: row), style: .muted, limit: width)
        }
        for column in plot.column..<plot.endColumn {
            hint(symbols.lines.faintHorizontal, column, row, into: &frame)
        }
    }

    private func renderCursor(at x: Double, into frame: inout Frame) {
        guard let column = scale.column(of: x) else { return }
        for row in plot.row..<plot.endRow {
            let before = frame[column, row]
            let style = isInArea(before) ? before.style.with([.reverse, .bold]) : Style.plain.bold()
            frame.put(CellText(symbols.lines.vertical), at: Point(column: column, row: row), style: style)
        }
        for series in chart.series {
            guard let y = series.value(near: x), let row = scale.row(of: max(y, scale.y.lowerBound)) else { continue }
            frame.put(CellText(symbols.curveMark), at: Point(column: column, row: row), style: Style.plain.bold())
        }
    }
}

extension ChartSeries {
    /// The value at a place: of the bar that it is in, or of the nearest point of a line, not further away than two points may be.
    package func value(near x: Double) -> Double? {
        if case .bars(let width) = shape {
            return points.first { ($0.x..<$0.x + width).contains(x) }?.y
        }
        if shape == .steps {
            return points.last { $0.x <= x && x - $0.x <= longestGap }?.y
        }
        return points.lazy.filter { $0.y != nil && abs($0.x - x) <= longestGap }.min { abs($0.x - x) < abs($1.x - x) }?.y
    }
}
