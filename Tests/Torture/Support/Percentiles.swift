/// A row of measured times, in microseconds.
struct Percentiles: Sendable {
    private let sorted: [Double]

    init(_ values: [Double]) {
        sorted = values.sorted()
    }

    /// `median 812 µs, p99 2104 µs, max 2512 µs (of 312)`; `nil` where nothing was measured.
    var line: String? {
        guard let last = sorted.last else { return nil }
        return "median \(whole(at: 0.5)) µs, p99 \(whole(at: 0.99)) µs, max \(Int(last.rounded())) µs (of \(sorted.count))"
    }

    private func whole(at fraction: Double) -> Int {
        Int(sorted[min(sorted.count - 1, Int(Double(sorted.count) * fraction))].rounded())
    }
}
