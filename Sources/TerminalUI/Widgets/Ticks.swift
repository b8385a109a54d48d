/// Round values along an axis: steps of 1, 2 or 5 times a power of ten.
package struct Ticks: Sendable, Hashable {
    /// The values, rising.
    package let values: [Double]
    /// The digits after the decimal point that the values need.
    package let decimals: Int

    /// The round values inside `range`, about `count` of them and never more than one above.
    package init(in range: ClosedRange<Double>, count: Int) {
        let count = max(1, count)
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isFinite, range.lowerBound.magnitude < 1e15, range.upperBound.magnitude < 1e15 else {
            self.init(values: [range.lowerBound], decimals: 0)
            return
        }
        var least = span / Double(count)
        var ticks = Self.ticks(in: range, least: least, limit: count + 1)
        // One value alone gives no measure.
        while ticks.values.count < 2, count > 1, least > span / Double(count * 8) {
            least /= 2
            ticks = Self.ticks(in: range, least: least, limit: count + 1)
        }
        self = ticks
    }

    private static func ticks(in range: ClosedRange<Double>, least: Double, limit: Int) -> Ticks {
        let nice = niceStep(atLeast: least)
        let first = (range.lowerBound / nice.step - 1e-9).rounded(.up)
        let last = (range.upperBound / nice.step + 1e-9).rounded(.down)
        guard first <= last else { return Ticks(values: [], decimals: nice.decimals) }
        let count = min(Int(last - first) + 1, limit)
        let values = (0..<count).map { (first + Double($0)) * nice.step }
        return Ticks(values: values, decimals: nice.decimals)
    }

    private init(values: [Double], decimals: Int) {
        self.values = values
        self.decimals = decimals
    }

    /// The least of 1, 2 and 5 times a power of ten that is not below `least`, and the decimals it needs.
    static func niceStep(atLeast least: Double) -> (step: Double, decimals: Int) {
        var power = 1.0
        var decimals = 0
        while power > least, decimals < 12 {
            power /= 10
            decimals += 1
        }
        while power * 10 <= least { power *= 10 }
        for factor in [1.0, 2, 5] where factor * power >= least * (1 - 1e-9) {
            return (factor * power, decimals)
        }
        return (10 * power, max(0, decimals - 1))
    }

    /// The range widened to whole steps, so that the first and the last tick are at its ends. About `count` steps fit in.
    ///
    /// A range without a span gets one.
    package static func widened(_ range: ClosedRange<Double>, count: Int) -> ClosedRange<Double> {
        var low = range.lowerBound
        var high = range.upperBound
        guard (high - low).isFinite else { return range }
        if high - low < 1e-9 * max(1, low.magnitude) {
            let margin = max(1, low.magnitude * 1e-6)
            low -= margin
            high += margin
        }
        let step = niceStep(atLeast: (high - low) / Double(max(1, count))).step
        return (low / step + 1e-9).rounded(.down) * step...(high / step - 1e-9).rounded(.up) * step
    }

    /// A number with this many digits after the decimal point: `decimal(-3.55, places: 1)` is "−3.6" with the minus of `symbols`.
    package static func decimal(_ value: Double, places: Int, symbols: Symbols) -> String {
        guard value.isFinite, value.magnitude < 1e15 else { return symbols.dash }
        let scale = (0..<max(0, places)).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = (value.magnitude * scale).rounded()
        let sign = value < 0 && scaled > 0 ? symbols.minus : ""
        guard places > 0, scaled < 9e18 else { return sign + String(Int(value.magnitude.rounded())) }
        let whole = Int(scaled) / Int(scale)
        let fraction = String(Int(scaled) % Int(scale))
        return sign + "\(whole)." + String(repeating: "0", count: places - fraction.count) + fraction
    }
}
