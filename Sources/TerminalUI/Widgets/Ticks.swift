/// Round values: 1, 2 or 5 times a power of ten, and how they are written.
package enum Ticks {
    /// The least of 1, 2 and 5 times a power of ten that is not below `least`, and the decimals it needs.
    package static func niceStep(atLeast least: Double) -> (step: Double, decimals: Int) {
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
