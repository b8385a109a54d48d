import FoundationEssentials
import Homes

/// The points of a curve as they are drawn, in pieces between gaps.
struct ChartLine: Sendable {
    /// What is drawn at a place: the value, and the band around it where steps hold more than one measurement.
    struct Place: Sendable, Hashable {
        /// In thousandths of the width.
        let x: Double
        /// In the units that are shown, as the band.
        let value: Double
        let band: ClosedRange<Double>?
    }

    /// Each joined in itself, and not with the next.
    let pieces: [[Place]]

    /// How many places there are in a chart's width; more than one value in a place is drawn as its first, lowest, highest and last.
    private static let places = 360.0

    /// - Parameter shown: A value in the units that are shown.
    init(_ points: [MeasureHistory.Point], on axis: TimeAxis, step: Double, longestGap: Double, shown: (Double) -> Double) {
        var pieces: [[Place]] = []
        var last: Double?
        for point in points {
            guard let value = point.value else { continue }
            let time = point.time.timeIntervalSince1970
            // What sums a step up stands in its middle, and one that is under way in that of what there is of it.
            let middle = min(time + step / 2, (time + max(time, axis.end)) / 2)
            let place = Place(
                x: axis.x(of: middle), value: shown(value),
                band: point.extremes.map {
                    min(shown($0.lowerBound), shown($0.upperBound))...max(shown($0.lowerBound), shown($0.upperBound))
                })
            if let last, time - last <= longestGap {
                pieces[pieces.count - 1].append(place)
            } else {
                pieces.append([place])
            }
            last = time
        }
        self.pieces = pieces.map(Self.thinned)
    }

    private static func thinned(_ piece: [Place]) -> [Place] {
        guard piece.count > Int(places), let first = piece.first else { return piece }
        var result: [Place] = []
        var group = [first]
        let number = { (place: Place) in Int((place.x / 1000 * places / 2).rounded(.down)) }
        for place in piece.dropFirst() {
            if number(place) != number(group[0]) {
                result += outline(of: group)
                group = []
            }
            group.append(place)
        }
        return result + outline(of: group)
    }

    /// The least and the greatest of a group, in their order, so that no spike is lost.
    private static func outline(of group: [Place]) -> [Place] {
        guard group.count > 2, let least = group.indices.min(by: { group[$0].value < group[$1].value }),
            let greatest = group.indices.max(by: { group[$0].value < group[$1].value })
        else { return group }
        return Set([least, greatest]).sorted().map { group[$0] }
    }

    var values: [Double] {
        pieces.joined().flatMap { place in [place.value, place.band?.lowerBound, place.band?.upperBound].compactMap(\.self) }
    }
}
