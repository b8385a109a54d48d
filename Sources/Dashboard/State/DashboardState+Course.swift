import FoundationEssentials
import Homes

// The curve in the row of a module.

extension DashboardState {
    /// How far back a curve of NetAtmo's history goes, in seconds.
    private static let courseSpan: TimeInterval = 86_400

    /// Whether there is a curve to show at all.
    var hasCourses: Bool { trail.hasCourses }

    /// The values of a curve, oldest first: of the last day where NetAtmo was asked for it, else those since the start.
    ///
    /// - Parameter count: At most so many.
    func courseValues(of module: Module, count: Int) -> [Double] {
        guard let measure = module.mainMeasure, count > 1 else { return [] }
        guard let entry = histories.entry(of: module), entry.fetchedAt != nil else {
            return trail.points(of: module).suffix(count).map(\.value)
        }
        let values = entry.history.points(of: measure, since: now.addingTimeInterval(-Self.courseSpan)).compactMap(\.value)
        guard values.count > count else { return values }
        return (0..<count).map { values[$0 * (values.count - 1) / (count - 1)] }
    }
}
