/// What `getmeasure` is asked of a boiler.
struct BoilerMeasureRequest: Equatable, Sendable {
    enum Kind: String, Sendable {
        case on = "boileron"
        case off = "boileroff"
        case sumOn = "sum_boiler_on"
        case sumOff = "sum_boiler_off"

        /// Steps from half an hour to three have one name, those from a day on another.
        func isKept(at scale: MeasureRequest.Scale) -> Bool {
            switch self {
            case .on, .off: !scale.isOfCalendar && scale != .max
            case .sumOn, .sumOff: scale.isOfCalendar
            }
        }
    }

    let moduleID: String
    let span: MeasureSpan
    let types: [Kind]

    /// - Throws: ``APIError`` for the first parameter that is missing or makes no sense.
    init(fields: FormFields) throws(APIError) {
        moduleID = try MeasureRequest.required("module_id", in: fields)
        let span = try MeasureSpan(fields: fields)
        self.span = span
        types = try MeasureSpan.types(fields) { $0.isKept(at: span.scale) }
    }
}

/// A boiler's past: for how many seconds of each step it burned, and for how many it did not.
struct BoilerSeries: Sendable {
    let boiler: Boiler
    /// Since when it is counted, Unix seconds.
    let begin: Int
    let now: Int

    func points(for request: BoilerMeasureRequest, book: inout HeatBook) -> [MeasureSeries.Point] {
        // The second that is under way isn't over.
        request.span.points(from: begin, through: now - 1) { part, _ in
            let on = boiler.seconds(in: part, book: &book)
            return request.types.map { kind in
                switch kind {
                case .on, .sumOn: Double(on)
                case .off, .sumOff: Double(part.count - on)
                }
            }
        }
    }
}
