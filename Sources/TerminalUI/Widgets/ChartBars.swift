/// The bars of a chart: blocks of an eighth of a row in Unicode.
struct ChartBars {
    let series: ChartSeries
    let width: Double
    let symbols: Symbols

    func render(scale: ChartScale, into frame: inout Frame) {
        for (index, point) in series.points.enumerated() where point.x.isFinite {
            // Months and days differ in length.
            let next = series.points.indices.contains(index + 1) ? series.points[index + 1].x : .infinity
            let columns = scale.columns(from: point.x, to: min(point.x + width, next))
            // A blank between two bars, where they have the room.
            let count = columns.count > 1 ? columns.count - 1 : columns.count
            guard count > 0 else { continue }
            if let y = point.y, y.isFinite {
                renderBar(y, at: columns.lowerBound, columns: count, scale: scale, into: &frame)
            } else {
                let middle = Point(column: columns.lowerBound + (count - 1) / 2, row: scale.plot.endRow - 1)
                frame.write(symbols.dash, at: middle, style: .muted, limit: 1)
            }
        }
    }

    private func renderBar(_ value: Double, at column: Int, columns: Int, scale: ChartScale, into frame: inout Frame) {
        let levels = symbols.spark
        guard value > scale.y.lowerBound, let full = levels.last else { return }
        // Whatever is more than nothing shows.
        let height = max(1, scale.height(of: value, partsPerRow: levels.count))
        for row in 0..<(height + levels.count - 1) / levels.count {
            let rest = height - row * levels.count
            let glyph = rest >= levels.count ? full : levels[rest - 1]
            let point = Point(column: column, row: scale.plot.endRow - 1 - row)
            frame.write(String(repeating: glyph, count: columns), at: point, style: series.style, limit: columns)
        }
    }
}
