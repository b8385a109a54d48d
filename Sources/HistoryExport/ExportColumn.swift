import Homes

/// One of the values that a row of an export has.
struct ExportColumn: Sendable, Hashable {
    enum Part: Int, Sendable, Hashable {
        /// The measurement; of a step its mean, of rain the sum, of gusts the strongest.
        case value
        /// The least and the greatest measurement of a step.
        case least, greatest
    }

    let measure: Measure
    let part: Part

    /// Those that there are of a subject, in the order of its measures.
    static func all(of subject: HistorySubject) -> [ExportColumn] {
        subject.keptMeasures.flatMap { measure -> [ExportColumn] in
            let parts: [Part] = subject.hasExtremes(of: measure) ? [.value, .least, .greatest] : [.value]
            return parts.map { ExportColumn(measure: measure, part: $0) }
        }
    }

    /// Its name in CSV, JSON and line protocol: the measure's in our own JSON, with `Min` or `Max` for the extremes of a step.
    var name: String {
        switch part {
        case .value: measure.jsonKey
        case .least: measure.jsonKey + "Min"
        case .greatest: measure.jsonKey + "Max"
        }
    }

    func value(of point: MeasureHistory.Point) -> Double? {
        switch part {
        case .value: point.value
        case .least: point.extremes?.lowerBound
        case .greatest: point.extremes?.upperBound
        }
    }
}
