/// A curve of a chart: the line through its points, the area below it, and the band of its extremes.
///
/// An area is of blocks, whose upper edge is the line, lighter between the least and the line, with a light band above it up to the
/// greatest. A line without an area is of braille. In ASCII the line is of stars, and the area of letters that are the denser the higher
/// they are.
struct ChartCurve {
    let series: ChartSeries
    let symbols: Symbols

    private var isArea: Bool { series.shape == .area }
    private var hasBand: Bool { series.points.contains { $0.extremes != nil } }

    /// - Parameter style: How a value looks.
    func render(scale: ChartScale, into frame: inout Frame, style: (Double) -> Style) {
        let styles = (0..<scale.plot.rows).map { style(scale.value(atRow: $0)) }
        let band = hasBand ? (low: trace(scale) { $0.extremes?.lowerBound }, high: trace(scale) { $0.extremes?.upperBound }) : nil
        if isArea { renderArea(below: trace(scale) { $0.y }, solidBelow: band?.low, styles, into: &frame, in: scale.plot) }
        if let band { renderBand(from: band.low, to: band.high, styles, into: &frame, in: scale.plot) }
        if !isArea || symbols.isASCII { renderLine(scale, styles, into: &frame) }
    }

    // MARK: Lines

    /// Calls `body` with the steps of the joined line through the points, each from a dot to the next, on so many dots to a cell.
    private func forEachStep(
        _ scale: ChartScale, across: Int, down: Int, _ value: (ChartSeries.Point) -> Double?, _ body: (Point, Point) -> Void
    ) {
        var previous: (x: Double, dot: Point)?
        let points = isArea ? series.points : thinned(to: scale)
        // The gaps of those that were thinned are marked already.
        let longestGap = points.count == series.points.count ? series.longestGap : .infinity
        for point in points {
            guard let y = value(point), y.isFinite, point.x.isFinite else {
                previous = nil
                continue
            }
            let dot = scale.dot(x: point.x, y: y, across: across, down: down)
            let start = previous.flatMap { point.x - $0.x <= longestGap ? $0.dot : nil }
            body(start ?? dot, dot)
            previous = (point.x, dot)
        }
    }

    /// Where there are several to a column, the greatest of each: a scribble of all would say less. A point without a value stands where
    /// two are too far apart.
    private func thinned(to scale: ChartScale) -> [ChartSeries.Point] {
        guard series.points.count > scale.plot.columns * 2 else { return series.points }
        var kept: [ChartSeries.Point] = []
        var last: (x: Double, column: Int?)?
        for point in series.points {
            guard let y = point.y else {
                kept.append(point)
                last = nil
                continue
            }
            let column = scale.column(of: point.x)
            if let last, point.x - last.x <= series.longestGap {
                if last.column == column, let before = kept.last?.y {
                    kept[kept.count - 1].y = max(before, y)
                } else {
                    kept.append(point)
                }
            } else {
                kept += [ChartSeries.Point(x: point.x, y: nil), point]
            }
            last = (point.x, column)
        }
        return kept
    }

    private func renderLine(_ scale: ChartScale, _ styles: [Style], into frame: inout Frame) {
        let plot = scale.plot
        var canvas = DotCanvas(size: plot.size, isASCII: symbols.isASCII)
        forEachStep(scale, across: canvas.dotsAcross, down: canvas.dotsDown, \.y) { canvas.line(from: $0, to: $1) }
        let isOverArea = isArea || hasBand
        for row in 0..<plot.rows {
            for column in 0..<plot.columns where canvas[column, row] != 0 {
                let point = plot.origin.moved(column, row)
                let before = frame[point.column, point.row].text
                // The edge of an area is never cut by a line that touches it.
                guard symbols.isASCII || before == " " || before == Self.bandGlyph || DotCanvas.bits(of: before) != 0 else { continue }
                let bits = canvas[column, row] | DotCanvas.bits(of: before)
                let glyph: CellText = symbols.isASCII && isOverArea ? "*" : DotCanvas.glyph(bits, isASCII: symbols.isASCII)
                frame.put(glyph, at: point, style: styles[row])
            }
        }
    }

    // MARK: Areas

    /// How high a line is, in eighths of a row above the lower edge of the plot, by columns of half a cell; 0 where there is none.
    private func trace(_ scale: ChartScale, _ value: (ChartSeries.Point) -> Double?) -> [Int] {
        let rows = scale.plot.rows * Self.parts
        var highest = [Int](repeating: .min, count: scale.plot.columns * 2)
        var lowest = [Int](repeating: .max, count: scale.plot.columns * 2)
        forEachStep(scale, across: 2, down: Self.parts, value) { start, end in
            DotCanvas.forEachDot(from: start, to: end) { dot in
                guard highest.indices.contains(dot.column) else { return }
                highest[dot.column] = max(highest[dot.column], rows - dot.row)
                lowest[dot.column] = min(lowest[dot.column], rows - dot.row)
            }
        }
        var heights = zip(highest, lowest).map { $0 == .min ? 0 : min(rows, max(1, ($0 + $1 + 1) / 2)) }
        // A line that ends in the middle of a cell goes on to its edge.
        for left in stride(from: 0, to: heights.count, by: 2) where heights[left] == 0 || heights[left + 1] == 0 {
            let height = max(heights[left], heights[left + 1])
            (heights[left], heights[left + 1]) = (height, height)
        }
        return heights
    }

    private static let parts = 8

    private func renderArea(below heights: [Int], solidBelow lows: [Int]?, _ styles: [Style], into frame: inout Frame, in plot: Rect) {
        for row in 0..<plot.rows {
            let base = (plot.rows - 1 - row) * Self.parts
            let style = styles[row].with(.area)
            let letter = Self.letter(ofRow: row, rows: plot.rows)
            for column in 0..<plot.columns {
                let left = min(Self.parts, max(0, heights[column * 2] - base))
                let right = min(Self.parts, max(0, heights[column * 2 + 1] - base))
                guard left + right > 0 else { continue }
                let isAboveLeast = lows.map { max($0[column * 2], $0[column * 2 + 1]) <= base + Self.parts / 2 } ?? false
                let whole: CellText = isAboveLeast ? Self.light : Self.solid
                let block = left + right == 2 * Self.parts ? whole : Self.block(left, right)
                // Whatever was measured shows.
                let glyph: CellText = symbols.isASCII ? (isAboveLeast ? "-" : letter) : block == " " && row == plot.rows - 1 ? "▁" : block
                guard glyph != " " else { continue }
                frame.put(glyph, at: plot.origin.moved(column, row), style: style)
            }
        }
    }

    private func renderBand(from low: [Int], to high: [Int], _ styles: [Style], into frame: inout Frame, in plot: Rect) {
        for row in 0..<plot.rows {
            let middle = (plot.rows - 1 - row) * Self.parts + Self.parts / 2
            for column in 0..<plot.columns {
                let point = plot.origin.moved(column, row)
                let isInside = max(high[column * 2], high[column * 2 + 1]) >= middle && min(low[column * 2], low[column * 2 + 1]) <= middle
                guard isInside, frame[point.column, point.row].text == " " else { continue }
                frame.put(symbols.isASCII ? "-" : Self.bandGlyph, at: point, style: styles[row])
            }
        }
    }

    /// A cell of an area, and one of it above the least.
    static let solid: CellText = "█"
    static let light: CellText = "▒"
    private static let bandGlyph: CellText = "░"

    /// In ASCII, the denser the higher the row is.
    private static func letter(ofRow row: Int, rows: Int) -> CellText {
        let height = Double(rows - row) / Double(max(1, rows))
        return height > 2.0 / 3 ? "#" : height > 1.0 / 3 ? "+" : ":"
    }

    /// The block whose left and right half come nearest to these heights in eighths.
    private static func block(_ left: Int, _ right: Int) -> CellText {
        blocks[left * (parts + 1) + right]
    }

    private static let blocks: [CellText] = (0...parts).flatMap { left in (0...parts).map { nearestBlock(left, $0) } }

    /// Of two that are as near, a blank and a full one come first, so that nothing hangs above a gap.
    private static func nearestBlock(_ left: Int, _ right: Int) -> CellText {
        let whole: [(glyph: CellText, left: Int, right: Int)] = [(" ", 0, 0), ("█", 8, 8)]
        let levels = Symbols.unicode.spark.enumerated().map { (glyph: CellText($1), left: $0 + 1, right: $0 + 1) }
        let quarters: [(glyph: CellText, left: Int, right: Int)] = [
            ("▖", 4, 0), ("▗", 0, 4), ("▌", 8, 0), ("▐", 0, 8), ("▙", 8, 4), ("▟", 4, 8),
        ]
        let distance = { (block: (glyph: CellText, left: Int, right: Int)) in abs(block.left - left) + abs(block.right - right) }
        return (whole + levels + quarters).min { distance($0) < distance($1) }?.glyph ?? " "
    }
}
