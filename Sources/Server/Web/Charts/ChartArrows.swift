import FoundationEssentials
import Glibc
import Homes

/// Where the wind came from, as a row of arrows: each the mean of a stretch of time, strong winds counting for more.
enum ChartArrows {
    private static let count = 16

    /// The middle of each stretch, in thousandths of the width, and where its wind came from, in degrees; stretches of calm, and of winds
    /// that cancel each other, are left out.
    static func directions(
        strengths: [MeasureHistory.Point], angles: [MeasureHistory.Point], on axis: TimeAxis
    ) -> [(x: Double, degrees: Double)] {
        var sums = [(east: Double, north: Double)](repeating: (0, 0), count: count)
        let known = Dictionary(angles.map { ($0.time, $0.value) }) { first, _ in first }
        for point in strengths {
            guard let strength = point.value, let angle = known[point.time] ?? nil, (0...360).contains(angle) else { continue }
            let index = Int(axis.x(of: point.time.timeIntervalSince1970) / 1000 * Double(count))
            guard sums.indices.contains(index) else { continue }
            sums[index].east += strength * sin(angle * .pi / 180)
            sums[index].north += strength * cos(angle * .pi / 180)
        }
        return sums.enumerated().compactMap { index, sum in
            guard hypot(sum.east, sum.north) > 1e-6 else { return nil }
            let degrees = atan2(sum.east, sum.north) * 180 / .pi
            return ((Double(index) + 0.5) / Double(count) * 1000, degrees < 0 ? degrees + 360 : degrees)
        }
    }
}
