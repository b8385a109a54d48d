/// `body` of `getmeasure`, in its two shapes.
enum MeasureBody: Encodable, Sendable {
    /// `[{"beg_time": …, "step_time": …, "value": [[…], …]}]`, with null for what wasn't measured.
    case optimized([MeasureSeries.Point])
    /// `{"<Unix seconds>": […], …}`; `[]` if there is nothing.
    case plain([MeasureSeries.Point])

    private struct Run: Encodable {
        enum CodingKeys: String, CodingKey {
            case begin = "beg_time"
            case step = "step_time"
            case values = "value"
        }

        let begin: Int
        /// Absent where there is one value only.
        let step: Int?
        let values: [[Double?]]
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .optimized(let points):
            try container.encode(Self.runs(points))
        case .plain(let points) where points.isEmpty:
            try container.encode([Double]())
        case .plain(let points):
            try container.encode(Dictionary(points.map { (String($0.time), $0.values) }) { first, _ in first })
        }
    }

    private static func runs(_ points: [MeasureSeries.Point]) -> [Run] {
        guard let first = points.first else { return [] }
        let step = points.count > 1 ? points[1].time - first.time : nil
        return [Run(begin: first.time, step: step, values: points.map(\.values))]
    }
}
