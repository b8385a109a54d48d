import OperatingSystem

/// The vertical axis of a chart: evenly spaced round values, and how they are written.
struct ValueAxis: Sendable, Hashable {
    /// From the bottom up, at least two.
    let ticks: [Double]
    /// How many digits the ticks have behind the point.
    let decimals: Int

    /// - Parameters:
    ///   - range: What has to have room.
    ///   - steps: About how many steps there should be.
    ///   - leastStep: A step that is not to be undercut, such as the finest that the sensor tells apart.
    init(covering range: ClosedRange<Double>, steps: Int, leastStep: Double) {
        let least = max((range.upperBound - range.lowerBound) / Double(max(1, steps)), leastStep, 1e-3)
        let (step, decimals) = Self.roundStep(atLeast: least)
        let first = (range.lowerBound / step + 1e-9).rounded(.down)
        let last = max(first + 1, (range.upperBound / step - 1e-9).rounded(.up))
        // Values of measurements lie between minus and plus a million: there are few.
        ticks = stride(from: first, through: last, by: 1).map { $0 * step }
        self.decimals = decimals
    }

    var lowest: Double { ticks.first ?? 0 }
    var highest: Double { ticks.last ?? 1 }

    /// Where a value stands, from 0 at the bottom to 1 at the top.
    func fraction(of value: Double) -> Double {
        min(1, max(0, (value - lowest) / (highest - lowest)))
    }

    func text(of tick: Double) -> String {
        DecimalText.text(tick, decimals: decimals) ?? ""
    }

    /// The least of 1, 2 and 5 times a power of ten that is not below a number.
    private static func roundStep(atLeast least: Double) -> (step: Double, decimals: Int) {
        var power = 1.0
        var decimals = 0
        while power > least, decimals < 6 {
            power /= 10
            decimals += 1
        }
        while power * 10 <= least, power < 1e9 { power *= 10 }
        for factor in [1.0, 2, 5] where factor * power >= least * (1 - 1e-9) { return (factor * power, decimals) }
        return (10 * power, max(0, decimals - 1))
    }
}
