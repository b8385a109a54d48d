extension Double {
    /// Rounded to so many decimals. The result prints with that many at most, as NetAtmo's numbers do.
    func rounded(decimals: Int) -> Double {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        return (self * scale).rounded() / scale
    }

    /// Rounded to an integer and held in a range. Not a number gives the lower bound.
    func clamped(to range: ClosedRange<Int>) -> Int {
        guard !isNaN else { return range.lowerBound }
        return Int(min(max(self, Double(range.lowerBound)), Double(range.upperBound)).rounded())
    }

    func clamped(to range: ClosedRange<Double>) -> Double {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
