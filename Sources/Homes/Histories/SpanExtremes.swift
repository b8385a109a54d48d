package import FoundationEssentials

/// The lowest, the highest and the mean of a measure over the span that charts show.
package struct SpanExtremes: Sendable, Hashable {
    package struct Extreme: Sendable, Hashable {
        package let value: Double
        package let time: Date
    }

    package let lowest: Extreme
    package let highest: Extreme
    package let mean: Double
    package let sum: Double

    /// `nil` without a value.
    package init?(of points: [MeasureHistory.Point]) {
        var lowest: Extreme?
        var highest: Extreme?
        var sum = 0.0
        var count = 0
        for point in points {
            guard let value = point.value, let least = point.least, let greatest = point.greatest else { continue }
            sum += value
            count += 1
            if lowest.map({ least < $0.value }) ?? true {
                lowest = Extreme(value: least, time: point.leastTime ?? point.time)
            }
            if highest.map({ greatest > $0.value }) ?? true {
                highest = Extreme(value: greatest, time: point.greatestTime ?? point.time)
            }
        }
        guard let lowest, let highest else { return nil }
        (self.lowest, self.highest, self.sum, mean) = (lowest, highest, sum, sum / Double(count))
    }
}

extension MeasureHistory.Point {
    /// The least of what was measured in its step.
    package var least: Double? { extremes?.lowerBound ?? value }

    /// The greatest of what was measured in its step.
    package var greatest: Double? { extremes?.upperBound ?? value }
}
