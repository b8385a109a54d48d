import FoundationEssentials
import Homes

/// The past of a module, a room or a boiler at a scale as it is kept: what NetAtmo gave, and what was read since.
struct KeptHistory: Sendable {
    let subject: HistorySubject
    var history: MeasureHistory
    /// When NetAtmo gave it.
    let fetchedAt: Date
    /// Until when nothing is known to be missing.
    var completeUntil: Date
    /// The newest time that NetAtmo gave: from there on it is asked again.
    var answeredUntil: Date? = nil
}

/// In a file, which has those of all measurements alone, each takes a line, and few bytes, since there are many: times at equal steps as one run, values as whole numbers of a
/// fraction of the unit, each as the difference to the one before. A value takes two bytes or three that way, in place of five.
extension KeptHistory: Codable {
    private struct Form: Codable {
        /// Absent of a device, as in files of releases that knew no rooms.
        let kind: HistorySubject.Kind?
        let device: String
        let module: String?
        let measures: [String]
        let fetchedAt: Date
        let completeUntil: Date
        /// Absent in files of releases that asked for all each time.
        let answeredUntil: Date?
        /// Where each run begins, how long its steps are, in seconds, and how many times it has.
        let runs: [[Int]]
        let columns: [Column]
    }

    /// The values of a measure.
    private struct Column: Codable {
        /// In how many parts the unit is.
        let parts: Int
        let steps: [Int?]
    }

    private enum Damage: Error {
        case runs
        case columns
    }

    /// More than any answer has.
    private static let mostTimes = 4096
    /// To three decimals, the most that NetAtmo sends.
    private static let possibleParts = [1, 10, 100, 1000]

    func encode(to encoder: any Encoder) throws {
        let columns = subject.measures.map { history.points(of: $0) }
        let times = columns.first?.map { Int($0.time.timeIntervalSince1970) } ?? []
        let form = Form(
            kind: subject.kind == .device ? nil : subject.kind, device: subject.deviceID, module: subject.moduleID,
            measures: subject.measures.map(\.key), fetchedAt: fetchedAt,
            completeUntil: completeUntil, answeredUntil: answeredUntil, runs: Self.runs(of: times),
            columns: columns.map { Self.column(of: $0.map(\.value)) }
        )
        try form.encode(to: encoder)
    }

    init(from decoder: any Decoder) throws {
        let form = try Form(from: decoder)
        let measures = form.measures.compactMap(Measure.init(key:))
        guard measures.count == form.measures.count, measures.count == form.columns.count, Set(measures).count == measures.count else {
            throw Damage.columns
        }
        let times = try Self.times(of: form.runs)
        let columns = form.columns.map(Self.values)
        guard columns.allSatisfy({ $0.count == times.count }) else { throw Damage.columns }
        subject = HistorySubject(form.kind ?? .device, deviceID: form.device, moduleID: form.module, measures: measures)
        fetchedAt = form.fetchedAt
        completeUntil = form.completeUntil
        answeredUntil = form.answeredUntil
        history = MeasureHistory(measures: measures)
        let places = Dictionary(uniqueKeysWithValues: zip(measures, columns.indices))
        for (index, time) in times.enumerated() {
            history.append(at: Date(timeIntervalSince1970: TimeInterval(time))) { places[$0].flatMap { columns[$0][index] } }
        }
    }

    private static func runs(of times: [Int]) -> [[Int]] {
        var runs: [[Int]] = []
        var last = 0
        for time in times {
            let step = time - last
            if let run = runs.last, run[2] == 1 || run[1] == step {
                runs[runs.count - 1] = [run[0], step, run[2] + 1]
            } else {
                runs.append([time, 0, 1])
            }
            last = time
        }
        return runs
    }

    private static func times(of runs: [[Int]]) throws -> [Int] {
        var times: [Int] = []
        for run in runs {
            guard run.count == 3, 0...(1 << 40) ~= run[0], 0...(1 << 32) ~= run[1], 0...(mostTimes - times.count) ~= run[2] else {
                throw Damage.runs
            }
            times += (0..<run[2]).map { run[0] + $0 * run[1] }
        }
        return times
    }

    private static func column(of values: [Double?]) -> Column {
        let parts =
            possibleParts.first { parts in
                values.allSatisfy { value in value.map { abs(($0 * Double(parts)).rounded() / Double(parts) - $0) < 1e-6 } ?? true }
            } ?? 1000
        var last = 0
        let steps = values.map { value -> Int? in
            guard let number = value.map({ Int(($0 * Double(parts)).rounded()) }) else { return nil }
            defer { last = number }
            return number - last
        }
        return Column(parts: parts, steps: steps)
    }

    private static func values(of column: Column) -> [Double?] {
        let parts = possibleParts.contains(column.parts) ? column.parts : 1
        var number = 0
        return column.steps.map { step in
            step.map { step in
                number &+= step
                return Double(number) / Double(parts)
            }
        }
    }
}
