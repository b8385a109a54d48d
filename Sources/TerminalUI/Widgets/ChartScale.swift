/// Where values are on the screen.
struct ChartScale {
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>
    let plot: Rect

    /// The row of a value, nil outside of the range.
    func row(of value: Double) -> Int? {
        guard let fraction = fraction(of: value, in: y), (0...1).contains(fraction), plot.rows > 0 else { return nil }
        return plot.endRow - 1 - step(fraction, steps: plot.rows)
    }

    /// The value in the middle of a row of the plot, counted from its top.
    func value(atRow row: Int) -> Double {
        y.upperBound - (Double(row) + 0.5) / Double(max(1, plot.rows)) * (y.upperBound - y.lowerBound)
    }

    /// The column of a value, nil outside of the range.
    func column(of value: Double) -> Int? {
        guard let fraction = fraction(of: value, in: x), (0...1).contains(fraction), plot.columns > 0 else { return nil }
        return plot.column + step(fraction, steps: plot.columns)
    }

    /// The columns between two values, those inside of the plot; empty where there are none.
    func columns(from start: Double, to end: Double) -> Range<Int> {
        guard let left = fraction(of: start, in: x), let right = fraction(of: end, in: x) else { return 0..<0 }
        let edges = [left, right].map { plot.column + Int((min(1, max(0, $0)) * Double(plot.columns)).rounded()) }
        return edges[0]..<max(edges[0], edges[1])
    }

    /// How high a value is above the bottom, in parts of a row, within the plot.
    func height(of value: Double, partsPerRow: Int) -> Int {
        guard let fraction = fraction(of: value, in: y) else { return 0 }
        return Int((min(1, max(0, fraction)) * Double(plot.rows * partsPerRow)).rounded())
    }

    /// The dot of a point. One outside of the ranges gets a dot outside of the canvas, though not far.
    func dot(x xValue: Double, y yValue: Double, on canvas: DotCanvas) -> Point {
        let across = fraction(of: xValue, in: x) ?? 0.5
        let upwards = fraction(of: yValue, in: y) ?? 0.5
        let row = canvas.dotRows - 1 - step(upwards, steps: canvas.dotRows)
        return Point(column: step(across, steps: canvas.dotColumns), row: row)
    }

    private func fraction(of value: Double, in range: ClosedRange<Double>) -> Double? {
        let span = range.upperBound - range.lowerBound
        guard span > 0 else { return nil }
        let fraction = (value - range.lowerBound) / span
        return fraction.isFinite ? min(2, max(-1, fraction)) : nil
    }

    private func step(_ fraction: Double, steps: Int) -> Int {
        Int((fraction * Double(steps - 1)).rounded())
    }
}
