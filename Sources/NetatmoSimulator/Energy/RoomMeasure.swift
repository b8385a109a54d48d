/// What `getroommeasure` is asked.
struct RoomMeasureRequest: Equatable, Sendable {
    enum Kind: String, Sendable {
        case temperature
        case setpoint = "sp_temperature"
        case lowest = "min_temp"
        case highest = "max_temp"
        case lowestTime = "date_min_temp"
        case highestTime = "date_max_temp"

        /// Setpoints are kept from half an hour to three, extremes from a day on.
        func isKept(at scale: MeasureRequest.Scale) -> Bool {
            switch self {
            case .temperature: true
            case .setpoint: !scale.isOfCalendar && scale != .max
            case .lowest, .highest, .lowestTime, .highestTime: scale.isOfCalendar
            }
        }
    }

    let homeID: String
    let roomID: String
    let span: MeasureSpan
    let types: [Kind]

    /// - Throws: ``APIError`` for the first parameter that is missing or makes no sense.
    init(fields: FormFields) throws(APIError) {
        homeID = try MeasureRequest.required("home_id", in: fields)
        roomID = try MeasureRequest.required("room_id", in: fields)
        let span = try MeasureSpan(fields: fields)
        self.span = span
        types = try MeasureSpan.types(fields) { $0.isKept(at: span.scale) }
    }
}

/// A room's past, from the same course that its present comes from.
struct RoomSeries: Sendable {
    let heat: RoomHeat
    /// When the room began to be measured, Unix seconds.
    let begin: Int
    /// When it was measured last.
    let latest: Int

    func points(for request: RoomMeasureRequest, book: inout HeatBook) -> [MeasureSeries.Point] {
        request.span.points(from: begin, through: latest) { part, name in
            let summary = summary(of: part, book: &book)
            return request.types.map { kind in
                switch kind {
                case .temperature: summary.map { ($0.mean).rounded(decimals: 1) }
                // Of the moment that the step is named by, as far as it has come.
                case .setpoint: heat.plan.setpoint(at: min(name, latest)).temperature
                case .lowest: summary?.lowest.value
                case .highest: summary?.highest.value
                case .lowestTime: summary.map { Double($0.lowest.time) }
                case .highestTime: summary.map { Double($0.highest.time) }
                }
            }
        }
    }

    private func summary(of part: Range<Int>, book: inout HeatBook) -> MeasureSummary? {
        var summary: MeasureSummary?
        let first = -(-part.lowerBound).floorDivided(by: RoomHeat.step) * RoomHeat.step
        for time in stride(from: first, to: part.upperBound, by: RoomHeat.step) {
            let mark = MeasureSummary.Mark(value: DashboardData.tenths(book.temperature(of: heat, at: time)), time: time)
            if summary == nil { summary = MeasureSummary(mark) } else { summary?.add(mark) }
        }
        return summary
    }
}
