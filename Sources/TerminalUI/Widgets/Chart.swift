/// Lines of values over an axis, drawn in braille dots, or bars, with labels at round values.
///
/// In ASCII the dots are ' . and : instead, two to a cell.
package struct Chart: Widget {
    private let series: [ChartSeries]
    private let xRange: ClosedRange<Double>
    private let yRange: ClosedRange<Double>
    private let xLabels: [ChartLabel]
    private let highlight: (Double) -> Style?
    private let symbols: Symbols

    /// - Parameters:
    ///   - series: What is drawn; a later one over an earlier one.
    ///   - xRange: The values at the left and the right edge.
    ///   - yRange: The values at the bottom and the top.
    ///   - xLabels: What stands below the horizontal axis, from left to right. A label that would touch the one before is left out.
    ///   - highlight: How the lines look at a value that needs a look; nil leaves them as they are.
    package init(
        series: [ChartSeries], xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, xLabels: [ChartLabel] = [],
        highlight: @escaping (Double) -> Style? = { _ in nil }, symbols: Symbols
    ) {
        self.series = series
        self.xRange = xRange
        self.yRange = yRange
        self.xLabels = xLabels
        self.highlight = highlight
        self.symbols = symbols
    }

    /// Draws the chart. The labels of an axis go when there is no room for them; without a point nothing is drawn but the axes.
    package func render(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let axisRows = rect.rows >= 4 ? (xLabels.isEmpty ? 1 : 2) : 0
        let plotRows = rect.rows - axisRows
        let ticks = Ticks(in: yRange, count: max(2, plotRows / 3))
        let labels = ticks.values.map { (value: $0, text: Ticks.decimal($0, places: ticks.decimals, symbols: symbols)) }
        let labelWidth = labels.map { displayWidth(of: $0.text) }.max() ?? 0
        let showsY = axisRows > 0 && rect.columns >= labelWidth + 1 + 8
        let left = showsY ? labelWidth + 1 : 0
        let plot = Rect(column: rect.column + left, row: rect.row, columns: rect.columns - left, rows: plotRows)
        let scale = ChartScale(x: xRange, y: yRange, plot: plot)
        if showsY {
            renderVerticalAxis(labels, scale: scale, left: rect.column, width: labelWidth, into: &frame)
        }
        if axisRows > 0 {
            let axis = Rect(column: plot.column, row: plot.endRow, columns: plot.columns, rows: axisRows)
            renderHorizontalAxis(scale: scale, hasCorner: showsY, into: &frame, in: axis)
        }
        renderSeries(scale: scale, into: &frame)
    }

    private func renderVerticalAxis(
        _ labels: [(value: Double, text: String)], scale: ChartScale, left: Int, width: Int, into frame: inout Frame
    ) {
        let column = left + width
        let line = Rect(column: column, row: scale.plot.row, columns: 1, rows: scale.plot.rows)
        frame.fill(line, glyph: symbols.lines.vertical, style: .border)
        var lastRow: Int?
        for label in labels {
            guard let row = scale.row(of: label.value), row != lastRow else { continue }
            lastRow = row
            let indent = width - displayWidth(of: label.text)
            frame.write(label.text, at: Point(column: left + indent, row: row), style: .muted, limit: width)
            frame.write(String(symbols.lines.teeLeft), at: Point(column: column, row: row), style: .border)
        }
    }

    private func renderHorizontalAxis(scale: ChartScale, hasCorner: Bool, into frame: inout Frame, in rect: Rect) {
        frame.fill(rect.line(0), glyph: symbols.lines.horizontal, style: .border)
        if hasCorner {
            frame.write(String(symbols.lines.bottomLeft), at: Point(column: rect.column - 1, row: rect.row), style: .border)
        }
        var free = rect.column
        for label in xLabels {
            guard let column = scale.column(of: label.x) else { continue }
            let width = displayWidth(of: label.text)
            let start = min(max(rect.column, column - width / 2), rect.endColumn - width)
            guard start >= free else { continue }
            free = start + width + 1
            frame.write(String(symbols.lines.teeDown), at: Point(column: column, row: rect.row), style: .border)
            frame.write(label.text, at: Point(column: start, row: rect.row + 1), style: .muted, limit: rect.endColumn - start)
        }
    }

    private func renderSeries(scale: ChartScale, into frame: inout Frame) {
        for series in series {
            if case .bars(let width) = series.shape {
                ChartBars(series: series, width: width, symbols: symbols).render(scale: scale, into: &frame)
            } else {
                renderDots(of: series, scale: scale, into: &frame)
            }
        }
    }

    private func renderDots(of series: ChartSeries, scale: ChartScale, into frame: inout Frame) {
        var canvas = DotCanvas(size: scale.plot.size, isASCII: symbols.isASCII)
        var previous: (x: Double, dot: Point)?
        for point in series.points {
            guard let y = point.y, y.isFinite, point.x.isFinite else {
                previous = nil
                continue
            }
            let dot = scale.dot(x: point.x, y: y, on: canvas)
            if let before = previous, series.shape == .line, point.x - before.x <= series.longestGap {
                canvas.line(from: before.dot, to: dot)
            } else {
                canvas.set(dot)
            }
            previous = (point.x, dot)
        }
        canvas.draw(into: &frame, at: scale.plot.origin) { row in
            series.shape == .line ? highlight(scale.value(atRow: row)) ?? series.style : series.style
        }
    }
}
