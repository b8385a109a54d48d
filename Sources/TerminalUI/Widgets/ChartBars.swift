/// The bars of a chart: blocks of an eighth of a row in Unicode, with what they come to above them.
struct ChartBars {
    let series: ChartSeries
    let width: Double
    /// The decimals of the sums above the bars; nil leaves them out.
    let sumDecimals: Int?
    let unit: String
    let symbols: Symbols

    private struct Bar {
        let value: Double
        let columns: Range<Int>
        /// The row above it.
        let labelRow: Int
    }

    func render(scale: ChartScale, into frame: inout Frame, style: (Double) -> Style) {
        var bars: [Bar] = []
        for (index, point) in series.points.enumerated() where point.x.isFinite {
            // Months and days differ in length.
            let next = series.points.indices.contains(index + 1) ? series.points[index + 1].x : .infinity
            let columns = scale.columns(from: point.x, to: min(point.x + width, next))
            // A blank between two bars, where they have the room.
            let count = columns.count > 1 ? columns.count - 1 : columns.count
            guard count > 0 else { continue }
            let shown = columns.prefix(count)
            if let y = point.y, y.isFinite {
                let rows = renderBar(y, columns: shown, scale: scale, into: &frame, style: style)
                if rows > 0 { bars.append(Bar(value: y, columns: shown, labelRow: scale.plot.endRow - 1 - rows)) }
            } else {
                let middle = Point(column: columns.lowerBound + (count - 1) / 2, row: scale.plot.endRow - 1)
                frame.write(symbols.dash, at: middle, style: .muted, limit: 1)
            }
        }
        guard let sumDecimals, !bars.isEmpty, scale.plot.rows >= 4 else { return }
        if renderSums(of: bars, decimals: sumDecimals, in: scale.plot, into: &frame) { return }
        let total = Ticks.decimal(bars.reduce(0) { $0 + $1.value }, places: sumDecimals, symbols: symbols)
        let text = unit.isEmpty ? total : "\(total) \(unit)"
        frame.write(text, at: scale.plot.origin.moved(scale.plot.columns - displayWidth(of: text), 0), limit: scale.plot.columns)
    }

    /// Returns how many rows the bar reaches into.
    private func renderBar(_ value: Double, columns: Range<Int>, scale: ChartScale, into frame: inout Frame, style: (Double) -> Style)
        -> Int
    {
        let levels = symbols.spark
        guard value > 0, let full = levels.last else { return 0 }
        // Whatever is more than nothing shows.
        let height = max(1, scale.height(of: value, partsPerRow: levels.count))
        let rows = (height + levels.count - 1) / levels.count
        for row in 0..<rows {
            let rest = height - row * levels.count
            let glyph = CellText(rest >= levels.count ? full : levels[rest - 1])
            let style = style(scale.value(atRow: scale.plot.rows - 1 - row))
            for column in columns {
                frame.put(glyph, at: Point(column: column, row: scale.plot.endRow - 1 - row), style: style)
            }
        }
        return rows
    }

    /// The highest ones first: where two would touch, the lower one goes. Returns whether there was room for half of them at least, since
    /// it is hard to tell otherwise which bar they belong to.
    private func renderSums(of bars: [Bar], decimals: Int, in plot: Rect, into frame: inout Frame) -> Bool {
        var labels: [(text: String, place: Rect)] = []
        for bar in bars.sorted(by: { $0.value > $1.value }) where bar.labelRow >= plot.row {
            let places = labels.map(\.place)
            let exact = Ticks.decimal(bar.value, places: decimals, symbols: symbols)
            let short = Ticks.decimal(bar.value, places: bar.value >= 10 ? 0 : decimals, symbols: symbols)
            // Where the decimals have no room, the whole number may.
            let label = label(of: bar, exact, in: plot, beside: places, frame) ?? label(of: bar, short, in: plot, beside: places, frame)
            if let label { labels.append(label) }
        }
        guard labels.count * 2 >= bars.count else { return false }
        for label in labels { frame.write(label.text, at: label.place.origin, limit: label.place.columns) }
        return true
    }

    /// A text above a bar, in the middle; `nil` where it would touch another one, or something that is drawn.
    private func label(of bar: Bar, _ text: String, in plot: Rect, beside others: [Rect], _ frame: Frame) -> (text: String, place: Rect)? {
        let width = displayWidth(of: text)
        let middle = (bar.columns.lowerBound + bar.columns.upperBound - width + 1) / 2
        let start = max(plot.column, min(middle, plot.endColumn - width))
        let around = Rect(column: start - 1, row: bar.labelRow, columns: width + 2, rows: 1).intersection(plot)
        let isFree = (around.column..<around.endColumn).allSatisfy { frame[$0, bar.labelRow].text == " " }
        guard width <= plot.columns, isFree, others.allSatisfy({ $0.intersection(around).isEmpty }) else { return nil }
        return (text, Rect(column: start, row: bar.labelRow, columns: width, rows: 1))
    }
}
