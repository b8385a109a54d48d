/// The axes of a chart with their labels.
struct ChartAxes {
    let chart: Chart
    let layout: ChartLayout

    private var symbols: Symbols { chart.symbols }
    private var plot: Rect { layout.scale.plot }

    func render(into frame: inout Frame) {
        if let row = layout.axisRow { renderHorizontal(into: &frame, in: row) }
        if let axis = layout.axis { renderVertical(axis, into: &frame) }
    }

    // MARK: The vertical axis

    private func renderVertical(_ axis: ValueAxis, into frame: inout Frame) {
        let column = plot.column - 1
        frame.fill(Rect(column: column, row: plot.row, columns: 1, rows: plot.rows), glyph: symbols.lines.vertical, style: .border)
        frame.put(CellText(symbols.lines.bottomLeft), at: Point(column: column, row: plot.endRow), style: .border)
        let hasUnit = !chart.unit.isEmpty && plot.rows >= 3
        for tick in axis.ticks where !(hasUnit && tick.row == plot.rows) {
            let row = plot.endRow - tick.row
            write(Ticks.decimal(tick.value, places: axis.decimals, symbols: symbols), row: row, into: &frame)
            let glyph = tick.row == 0 ? symbols.lines.teeUp : symbols.lines.teeLeft
            frame.put(CellText(glyph), at: Point(column: column, row: row), style: .border)
        }
        if hasUnit { write(chart.unit, row: plot.row, into: &frame) }
    }

    /// Writes up to the line of the axis.
    private func write(_ text: String, row: Int, into frame: inout Frame) {
        let width = displayWidth(of: text)
        frame.write(text, at: Point(column: plot.column - 1 - width, row: row), style: .muted, limit: width)
    }

    // MARK: The horizontal axis

    private func renderHorizontal(into frame: inout Frame, in row: Rect) {
        frame.fill(row, glyph: symbols.lines.horizontal, style: .border)
        guard let labels = layout.labelRow else { return }
        var end = labels.endColumn
        if !chart.endLabel.isEmpty, displayWidth(of: chart.endLabel) <= labels.columns {
            end -= displayWidth(of: chart.endLabel)
            frame.write(chart.endLabel, at: Point(column: end, row: labels.row), style: .muted)
            frame.put(CellText(symbols.lines.teeDown), at: Point(column: row.endColumn - 1, row: row.row), style: .border)
            end -= 1
        }
        var free = labels.column
        for label in chart.xLabels {
            guard let column = layout.scale.column(of: label.x) else { continue }
            let width = displayWidth(of: label.text)
            let start = min(max(labels.column, column - width / 2), labels.endColumn - width)
            guard start >= free, start + width <= end else { continue }
            free = start + width + 1
            frame.put(CellText(symbols.lines.teeDown), at: Point(column: column, row: row.row), style: .border)
            frame.write(label.text, at: Point(column: start, row: labels.row), style: .muted)
        }
    }
}
