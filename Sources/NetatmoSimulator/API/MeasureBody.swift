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

    /// A run goes on as long as its steps are equal, so that it ends at a gap, and where the clocks change.
    private static func runs(_ points: [MeasureSeries.Point]) -> [Run] {
        var runs: [Run] = []
        var first = 0
        while first < points.endIndex {
            let step = first + 1 < points.endIndex ? points[first + 1].time - points[first].time : nil
            var end = first + 1
            while end < points.endIndex, points[end].time - points[end - 1].time == step { end += 1 }
            // Two times alone with a gap between them are no run.
            if end == first + 2, end < points.endIndex { end = first + 1 }
            runs.append(Run(begin: points[first].time, step: end > first + 1 ? step : nil, values: points[first..<end].map(\.values)))
            first = end
        }
        return runs
    }
}
