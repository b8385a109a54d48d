/// A vertical axis whose labels stand on rows that are equally far apart, at round values: 1, 2 or 5 times a power of ten.
///
/// Its lowest value is that of the row below the plot, the one of the horizontal axis, and each row above is worth the same more.
package struct ValueAxis: Sendable, Hashable {
    /// What is labelled, in whole steps from the bottom up.
    package struct Tick: Sendable, Hashable {
        package let value: Double
        /// Rows above that of the horizontal axis.
        package let row: Int
    }

    /// The value of the horizontal axis.
    package let lowest: Double
    package let step: Double
    package let rowsPerStep: Int
    /// The digits after the decimal point that its values need.
    package let decimals: Int
    /// The rows of the plot.
    package let rows: Int
    /// How many steps the lowest value is from zero.
    private let firstStep: Double

    /// How much one row is worth.
    package var valuePerRow: Double { step / Double(rowsPerStep) }

    /// The labelled values, rising.
    package var ticks: [Tick] {
        (0...rows / rowsPerStep).map { Tick(value: (firstStep + Double($0)) * step, row: $0 * rowsPerStep) }
    }

    /// The finest axis on which all of a range has its place.
    ///
    /// - Parameters:
    ///   - range: What is to be seen.
    ///   - rows: The rows of the plot above the horizontal axis.
    ///   - leastStep: What is finer than the values themselves is no step.
    ///   - baseline: The value of the horizontal axis, where it is given: 0 for what can't be less.
    ///   - headroom: Rows that are to be left above the range.
    /// - Returns: `nil` for a range without an end, and where there is no row.
    package init?(covering range: ClosedRange<Double>, rows: Int, leastStep: Double = 0, baseline: Double? = nil, headroom: Int = 0) {
        let most = 1e15
        guard rows > 0, range.lowerBound.magnitude < most, range.upperBound.magnitude < most else { return nil }
        let low = baseline ?? range.lowerBound
        let span = max(range.upperBound - low, leastStep, max(range.upperBound.magnitude, 1e-3) * 1e-6)
        // A quarter of a row is the highest dot of its row.
        let room = max(0.5, Double(rows - min(headroom, rows / 2)) + 0.25)
        // Two labels at least below the uppermost row, which is the unit's, and three where there is room.
        let fewest = rows < 4 ? 1 : 2
        let candidates = fewest...max(fewest, min(6, rows < 7 ? rows - 1 : (rows - 1) / 2))
        let ideal = rows < 8 ? 2 : rows < 14 ? 3 : 4
        var best: (axis: ValueAxis, cost: Double)?
        for rowsPerStep in candidates where rowsPerStep <= rows {
            guard let axis = Self.axis(from: low, span: span, top: range.upperBound, rows, rowsPerStep, room, leastStep, baseline != nil)
            else { continue }
            let cost = axis.valuePerRow * room / span + 0.1 * Double(abs(rowsPerStep - ideal))
            if cost < best.map(\.cost) ?? .infinity { best = (axis, cost) }
        }
        guard let best else { return nil }
        self = best.axis
    }

    private init(firstStep: Double, step: Double, decimals: Int, rowsPerStep: Int, rows: Int) {
        (self.firstStep, self.step, self.decimals, self.rowsPerStep, self.rows) = (firstStep, step, decimals, rowsPerStep, rows)
        lowest = firstStep * step
    }

    /// The axis with the least round step that leads from below `low` up to `top`.
    private static func axis(
        from low: Double, span: Double, top: Double, _ rows: Int, _ rowsPerStep: Int, _ room: Double, _ leastStep: Double,
        _ isFixed: Bool
    ) -> ValueAxis? {
        var least = max(span * Double(rowsPerStep) / room, leastStep)
        for _ in 0..<8 {
            let nice = Ticks.niceStep(atLeast: least)
            let row = nice.step / Double(rowsPerStep)
            // What lies less than half a row above the horizontal axis is drawn at its edge: see ChartScale.
            let first = isFixed ? (low / nice.step).rounded() : (low / nice.step + 1e-9).rounded(.down)
            if first * nice.step + row * room >= top - span * 1e-9 {
                return ValueAxis(firstStep: first, step: nice.step, decimals: nice.decimals, rowsPerStep: rowsPerStep, rows: rows)
            }
            least = nice.step * 1.01
        }
        return nil
    }
}
