import FoundationEssentials
import Homes

/// The answer of `getmeasure` or `getroommeasure`, in either of its forms: runs of values at equal steps, or an object of values by time.
///
/// Whatever can't be read costs nothing but itself, and no more than ``limit`` times are looked at.
struct MeasureAnswer: Decodable {
    /// The values of one time, in the order of the measures that were asked for.
    struct Row {
        /// Seconds since 1970.
        let time: Double
        let values: [Double?]
    }

    /// The most that NetAtmo sends.
    static let limit = 1024

    /// By rising time, each time once.
    let rows: [Row]
    /// When NetAtmo told, in seconds since 1970; `nil` where it does not say.
    private let toldAt: Double?

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        let body = AnyKey(stringValue: "body")
        toldAt = container.number("time_server").flatMap { Self.isTime($0) ? $0 : nil }
        let rows: [Row]
        if var runs = try? container.nestedUnkeyedContainer(forKey: body) {
            rows = Self.rows(ofRuns: &runs)
        } else {
            rows = Self.rows(byTime: try container.nestedContainer(keyedBy: AnyKey.self, forKey: body))
        }
        self.rows = rows.sorted { $0.time < $1.time }.reduce(into: []) { result, row in
            if let last = result.last, last.time == row.time { return }
            result.append(row)
        }
    }

    /// - Parameter columns: What was asked for, in this order.
    func history(of subject: HistorySubject, columns: [HistoryColumn]) -> MeasureHistory {
        struct Place: Hashable {
            let measure: Measure
            let detail: MeasureHistory.Detail?
        }
        let places = Dictionary(columns.enumerated().map { (Place(measure: $1.measure, detail: $1.detail), $0) }) { first, _ in first }
        var history = MeasureHistory(measures: subject.measures)
        let scale = subject.askedScale
        let lengths = StepLengths(scale: scale, times: rows.map(\.time), toldAt: toldAt)
        for (number, row) in rows.enumerated() {
            let reading = { (place: Place) -> Double? in
                guard let index = places[place], row.values.indices.contains(index) else { return nil }
                return row.values[index].flatMap { columns[index].reading($0, at: scale, step: lengths[number]) }
            }
            history.append(at: Date(timeIntervalSince1970: row.time)) {
                reading(Place(measure: $0, detail: nil))
            } detail: {
                reading(Place(measure: $0, detail: $1))
            }
        }
        return history
    }

    /// `[{"beg_time": …, "step_time": …, "value": [[…], …]}, …]`
    private static func rows(ofRuns runs: inout any UnkeyedDecodingContainer) -> [Row] {
        var rows: [Row] = []
        while !runs.isAtEnd, rows.count < limit {
            // Decoding that does not fail: a container stays where it is at a failure.
            guard let run = try? runs.decode(Run.self) else { return rows }
            rows += run.rows.prefix(limit - rows.count)
        }
        return rows
    }

    /// `{"<seconds>": […], …}`
    private static func rows(byTime body: KeyedDecodingContainer<AnyKey>) -> [Row] {
        let times = body.allKeys.compactMap { key in Double(key.stringValue).flatMap { isTime($0) ? (key, $0) : nil } }
        return times.sorted { $0.1 < $1.1 }.suffix(limit).map { key, time in
            Row(time: time, values: (try? body.decode(Values.self, forKey: key))?.numbers ?? [])
        }
    }

    fileprivate static func isTime(_ seconds: Double) -> Bool {
        seconds > 0 && seconds < 4e9
    }
}

private struct Run: Decodable {
    let rows: [MeasureAnswer.Row]

    init(from decoder: any Decoder) {
        rows = (try? decoder.container(keyedBy: AnyKey.self)).map(Self.rows) ?? []
    }

    private static func rows(_ run: KeyedDecodingContainer<AnyKey>) -> [MeasureAnswer.Row] {
        guard let begin = run.number("beg_time"), MeasureAnswer.isTime(begin),
            var values = try? run.nestedUnkeyedContainer(forKey: AnyKey(stringValue: "value"))
        else { return [] }
        let step = run.number("step_time").flatMap { $0 > 0 ? $0 : nil }
        var rows: [MeasureAnswer.Row] = []
        while !values.isAtEnd, rows.count < MeasureAnswer.limit {
            let time = begin + Double(rows.count) * (step ?? 0)
            guard let row = try? values.decode(Values.self), MeasureAnswer.isTime(time) else { break }
            rows.append(.init(time: time, values: row.numbers))
            // Without a step it is unknown when the others were.
            if step == nil { break }
        }
        return rows
    }
}

private struct Values: Decodable {
    /// More than one module measures.
    private static let limit = 32

    let numbers: [Double?]

    init(from decoder: any Decoder) {
        guard var container = try? decoder.unkeyedContainer() else {
            numbers = []
            return
        }
        var numbers: [Double?] = []
        while !container.isAtEnd, numbers.count < Self.limit, let number = try? container.decode(Number.self) {
            numbers.append(number.value)
        }
        self.numbers = numbers
    }
}

/// A finite number, also one that stands in a string; anything else is none.
private struct Number: Decodable {
    let value: Double?

    init(from decoder: any Decoder) {
        let container = try? decoder.singleValueContainer()
        let number = (try? container?.decode(Double.self)) ?? (try? container?.decode(String.self)).flatMap(Double.init)
        value = number.flatMap { $0.isFinite ? $0 : nil }
    }
}
