/// Which steps of a history are asked for, whatever it is of.
struct MeasureSpan: Equatable, Sendable {
    let scale: MeasureRequest.Scale
    let begin: Int?
    let end: Int?
    let limit: Int
    let optimize: Bool
    let realTime: Bool

    /// - Throws: ``APIError`` for the first parameter that is missing or makes no sense.
    init(fields: FormFields) throws(APIError) {
        guard let scale = MeasureRequest.Scale(rawValue: try MeasureRequest.required("scale", in: fields)) else { throw .invalid("scale") }
        self.scale = scale
        begin = try MeasureRequest.time("date_begin", in: fields)
        end = fields["date_end"] == "last" ? nil : try MeasureRequest.time("date_end", in: fields)
        limit = try MeasureRequest.limit(in: fields)
        optimize = try MeasureRequest.flag("optimize", in: fields) ?? true
        realTime = try MeasureRequest.flag("real_time", in: fields) ?? false
    }

    /// The names in `type`, each once and one at least.
    /// - Throws: ``APIError`` if there is none, or one that isn't known or not kept at the scale.
    static func types<Kind: RawRepresentable<String> & Equatable>(
        _ fields: FormFields, isKept: (Kind) -> Bool
    ) throws(APIError) -> [Kind] {
        var types: [Kind] = []
        for name in try MeasureRequest.required("type", in: fields).split(separator: ",") {
            guard let type = Kind(rawValue: name.lowercased()), isKept(type), !types.contains(type) else { throw .invalid("type") }
            types.append(type)
        }
        guard !types.isEmpty else { throw .invalid("type") }
        return types
    }

    /// The points whose steps begin in the span, from `earliest` to `latest`: as those of `getmeasure`.
    /// - Parameter values: of the part of a step that lies between the two, and of the moment that names the step.
    func points(
        from earliest: Int, through latest: Int, _ values: (_ part: Range<Int>, _ name: Int) -> [Double?]
    ) -> [MeasureSeries.Point] {
        let grid = StepGrid(scale: scale, interval: MeasureSeries.shortestInterval, phase: 0)
        let last = grid.index(containing: min(end ?? latest, latest))
        let lowest = grid.index(containing: earliest)
        let first = begin.map { max(grid.index(notBefore: $0), lowest) } ?? max(lowest, last - limit + 1)
        guard first <= last else { return [] }
        return (first...last).prefix(limit).compactMap { index in
            let range = grid.range(of: index)
            let part = range.clamped(to: earliest..<max(latest + 1, earliest))
            guard !part.isEmpty else { return nil }
            let time = range.lowerBound + (scale == .max || realTime ? 0 : range.count / 2)
            return MeasureSeries.Point(time: time, values: values(part, time))
        }
    }
}
