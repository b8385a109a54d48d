/// What `getmeasure` is asked.
struct MeasureRequest: Equatable, Sendable {
    /// How far apart the values are. `max` is every measurement.
    enum Scale: String, Sendable {
        case max
        case halfHour = "30min"
        case hour = "1hour"
        case threeHours = "3hours"
        case day = "1day"
        case week = "1week"
        case month = "1month"

        /// Of steps that are of equal length; `nil` for ``max``, whose step is the interval at which sensors measure, and for those that
        /// follow the calendar.
        var seconds: Int? {
            switch self {
            case .max, .day, .week, .month: nil
            case .halfHour: 1800
            case .hour: 3600
            case .threeHours: 10_800
            }
        }

        /// Days, weeks and months are local to the station.
        var isOfCalendar: Bool {
            switch self {
            case .max, .halfHour, .hour, .threeHours: false
            case .day, .week, .month: true
            }
        }
    }

    /// The most values that one answer holds.
    static let limit = 1024

    var deviceID: String
    var moduleID: String?
    var scale: Scale
    var types: [MeasureType]
    var begin: Int?
    var end: Int?
    var limit: Int
    var optimize: Bool
    /// Whether a coarse step is named by its beginning; else by its middle.
    var realTime: Bool

    /// - Throws: ``APIError`` for the first parameter that is missing or makes no sense.
    init(fields: FormFields) throws(APIError) {
        deviceID = try Self.required("device_id", in: fields)
        moduleID = fields["module_id"].flatMap { $0.isEmpty ? nil : $0 }
        guard let scale = Scale(rawValue: try Self.required("scale", in: fields)) else { throw .invalid("scale") }
        self.scale = scale
        var types: [MeasureType] = []
        for name in try Self.required("type", in: fields).split(separator: ",") {
            guard let type = MeasureType(name: String(name)), type.isKept(at: scale), !types.contains(type) else { throw .invalid("type") }
            types.append(type)
        }
        guard !types.isEmpty else { throw .invalid("type") }
        self.types = types
        begin = try Self.time("date_begin", in: fields)
        end = fields["date_end"] == "last" ? nil : try Self.time("date_end", in: fields)
        limit = try Self.limit(in: fields)
        optimize = try Self.flag("optimize", in: fields) ?? true
        realTime = try Self.flag("real_time", in: fields) ?? false
    }

    static func limit(in fields: FormFields) throws(APIError) -> Int {
        min(try number("limit", in: fields, range: 1...Int(Int32.max)) ?? Self.limit, Self.limit)
    }

    static func flag(_ name: String, in fields: FormFields) throws(APIError) -> Bool? {
        switch fields[name] {
        case nil: return nil
        case "true", "1": return true
        case "false", "0": return false
        default: throw .invalid(name)
        }
    }

    static func required(_ name: String, in fields: FormFields) throws(APIError) -> String {
        guard let value = fields[name], !value.isEmpty else { throw .missing(name) }
        return value
    }

    static func time(_ name: String, in fields: FormFields) throws(APIError) -> Int? {
        try number(name, in: fields, range: 0...100_000_000_000)
    }

    private static func number(_ name: String, in fields: FormFields, range: ClosedRange<Int>) throws(APIError) -> Int? {
        guard let text = fields[name], !text.isEmpty else { return nil }
        guard let number = Int(text), range.contains(number) else { throw .invalid(name) }
        return number
    }
}
