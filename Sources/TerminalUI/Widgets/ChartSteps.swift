/// A line of steps of a chart, over whatever is there: each value holds until the next one. Of lines and corners, as what is set is drawn
/// over what is measured.
struct ChartSteps {
    let series: ChartSeries
    let symbols: Symbols

    private var lines: Symbols.Lines { symbols.lines }

    /// - Parameter style: How a value looks.
    func render(scale: ChartScale, into frame: inout Frame) {
        var before: Int?
        for (column, row) in rows(scale) {
            defer { before = row }
            guard let row else { continue }
            guard let from = before, from != row else {
                put(lines.horizontal, column, row, into: &frame)
                continue
            }
            let isUp = row < from
            put(isUp ? lines.bottomRight : lines.topRight, column, from, into: &frame)
            for between in min(row, from) + 1..<max(row, from) { put(lines.vertical, column, between, into: &frame) }
            put(isUp ? lines.topLeft : lines.bottomLeft, column, row, into: &frame)
        }
    }

    /// The row in each column of the plot; nil where nothing is known.
    private func rows(_ scale: ChartScale) -> [(column: Int, row: Int?)] {
        let points = series.points
        var next = points.startIndex
        let width = (scale.x.upperBound - scale.x.lowerBound) / Double(max(1, scale.plot.columns))
        return (0..<scale.plot.columns).map { column in
            let end = scale.x.lowerBound + Double(column + 1) * width
            while next < points.endIndex, points[next].x < end { next += 1 }
            let start = end - width
            guard next > points.startIndex, case let point = points[next - 1], let value = point.y, start - point.x <= series.longestGap
            else {
                return (scale.plot.column + column, nil)
            }
            // What lies on the axis, just below the plot, is drawn in its lowest row.
            let isOnAxis = value < scale.y.lowerBound && value >= 2 * scale.y.lowerBound - scale.value(atRow: scale.plot.rows - 1)
            return (scale.plot.column + column, scale.row(of: isOnAxis ? scale.y.lowerBound : value))
        }
    }

    private func put(_ glyph: Character, _ column: Int, _ row: Int, into frame: inout Frame) {
        let cell = frame[column, row]
        // Cut out of an area, whose colour is around it then.
        let isInArea = cell.style.attributes.contains(.area) && cell.text != " " && !symbols.isASCII
        let style = isInArea ? cell.style.with([.reverse, .bold]) : series.style
        frame.put(CellText(glyph), at: Point(column: column, row: row), style: style)
    }
}
