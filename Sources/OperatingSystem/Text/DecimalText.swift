package enum DecimalText {
    /// A number with that many decimals, at most six, rounded; `nil` for one that no reading has.
    ///
    /// - Parameters:
    ///   - decimals: How many digits stand behind the point.
    ///   - minus: What stands before a number below zero, unless it rounds to zero; the typographic sign by default.
    package static func text(_ value: Double, decimals: Int = 0, minus: String = "\u{2212}") -> String? {
        guard value.isFinite, abs(value) < 1e9 else { return nil }
        let factor = (0..<max(0, min(decimals, 6))).reduce(1) { factor, _ in factor * 10 }
        let scaled = Int((abs(value) * Double(factor)).rounded())
        let sign = value < 0 && scaled > 0 ? minus : ""
        guard factor > 1 else { return "\(sign)\(scaled)" }
        // The leading 1 of the fraction keeps its zeros.
        return "\(sign)\(scaled / factor).\(String(factor + scaled % factor).dropFirst())"
    }
}
