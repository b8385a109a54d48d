/// Where values are on the screen.
struct ChartScale {
    let x: ClosedRange<Double>
    /// The values at the lower edge of the plot and at its upper one.
    let y: ClosedRange<Double>
    let plot: Rect

    /// - Parameter hasAxis: Whether the axis' lowest value is that of the row below the plot.
    init(x: ClosedRange<Double>, axis: ValueAxis?, range: ClosedRange<Double>, plot: Rect) {
        self.x = x
        self.plot = plot
        guard let axis else {
            y = range
            return
        }
        let bottom = axis.lowest + axis.valuePerRow / 2
        y = bottom...max(bottom, bottom + axis.valuePerRow * Double(plot.rows))
    }

    /// The row of a value, nil outside of the range.
    func row(of value: Double) -> Int? {
        guard let fraction = fraction(of: value, in: y), (0...1).contains(fraction), plot.rows > 0 else { return nil }
        return plot.endRow - 1 - min(plot.rows - 1, Int(fraction * Double(plot.rows)))
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

    /// How high a value is above the lower edge, in parts of a row, within the plot.
    func height(of value: Double, partsPerRow: Int) -> Int {
        guard let fraction = fraction(of: value, in: y) else { return 0 }
        return Int((min(1, max(0, fraction)) * Double(plot.rows * partsPerRow)).rounded())
    }

    /// The dot of a point, counted from the top left of the plot, with so many dots across and down to a cell. One outside of the ranges
    /// gets a dot outside of the plot, though not far; one on the horizontal axis, just below the plot, gets the lowest.
    func dot(x xValue: Double, y yValue: Double, across: Int, down: Int) -> Point {
        let upwards = fraction(of: yValue, in: y) ?? 0.5
        let dots = plot.rows * down
        // The upper edge itself is inside.
        let height = upwards == 1 ? dots - 1 : Int((upwards * Double(dots)).rounded(.down))
        let isOnAxis = height < 0 && upwards * Double(plot.rows) >= -0.51
        let column = step(fraction(of: xValue, in: x) ?? 0.5, steps: plot.columns * across)
        return Point(column: column, row: dots - 1 - (isOnAxis ? 0 : height))
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
