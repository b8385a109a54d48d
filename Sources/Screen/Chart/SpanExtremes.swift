import FoundationEssentials
import Homes

/// The lowest, the highest and the mean of a measure over the span that the charts show.
struct SpanExtremes: Sendable, Hashable {
    struct Extreme: Sendable, Hashable {
        let value: Double
        let time: Date
    }

    let lowest: Extreme
    let highest: Extreme
    let mean: Double
    let sum: Double

    /// `nil` without a value.
    init?(of points: [MeasureHistory.Point]) {
        var lowest: Extreme?
        var highest: Extreme?
        var sum = 0.0
        var count = 0
        for point in points {
            guard let value = point.value, let least = point.least, let greatest = point.greatest else { continue }
            sum += value
            count += 1
            if lowest.map({ least < $0.value }) ?? true { lowest = Extreme(value: least, time: point.leastTime ?? point.time) }
            if highest.map({ greatest > $0.value }) ?? true { highest = Extreme(value: greatest, time: point.greatestTime ?? point.time) }
        }
        guard let lowest, let highest else { return nil }
        (self.lowest, self.highest, self.sum, mean) = (lowest, highest, sum, sum / Double(count))
    }
}
