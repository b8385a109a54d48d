package import FoundationEssentials
import OperatingSystem

/// What a module measured over time, oldest first: a value, or none, for each of its measures at each time.
///
/// At a coarser scale than each measurement a time is the beginning of a step, and a value what sums the step up: the mean, of rain the
/// sum, of gusts the strongest.
///
/// Kept small, since there are many: a time has whole seconds, a value the seven digits of a `Float`, which is more than a sensor has;
/// what a measure has none of takes no room.
package struct MeasureHistory: Sendable {
    /// A measure at a time.
    package struct Point: Sendable, Hashable {
        package let time: Date
        /// The value in the measure's unit; `nil` where there is none of that time.
        package let value: Double?
        /// The least and the greatest of the measurements that a step of a coarser scale sums up; `nil` for a measurement.
        package let extremes: ClosedRange<Double>?
        /// When the least and the greatest were measured; `nil` where that is not known. Of gusts the greatest alone, which is the value.
        package let leastTime: Date?
        package let greatestTime: Date?

        package init(
            time: Date, value: Double?, extremes: ClosedRange<Double>? = nil, leastTime: Date? = nil, greatestTime: Date? = nil
        ) {
            self.time = time
            self.value = value
            self.extremes = extremes
            self.leastTime = leastTime
            self.greatestTime = greatestTime
        }
    }

    /// What there is of a measure beside its value.
    package enum Detail: Int, Sendable, Hashable, CaseIterable {
        case least
        case greatest
        /// In seconds since 1970, as the other time.
        case leastTime
        case greatestTime
    }

    package let measures: [Measure]
    /// Seconds since 1970, rising.
    private(set) var times: [UInt32] = []
    fileprivate var columns: [Column]

    /// What there is of a measure at these times.
    fileprivate struct Column: Sendable {
        /// Not a number where there is none.
        var values: [Float] = []
        /// As many as there are values, or none of all.
        var least: [Float] = []
        var greatest: [Float] = []
        /// Seconds since 1970, 0 where there is none; as many as there are values, or none of all.
        var leastTimes: [UInt32] = []
        var greatestTimes: [UInt32] = []
    }

    package init(measures: [Measure]) {
        self.measures = measures
        columns = measures.map { _ in Column() }
    }

    /// How many times there are.
    package var count: Int { times.count }

    package var earliest: Date? {
        times.first.map { Date(timeIntervalSince1970: Double($0)) }
    }

    package var latest: Date? {
        times.last.map { Date(timeIntervalSince1970: Double($0)) }
    }

    /// Adds what was measured at a later time than the latest; anything else is left out.
    package mutating func append(at time: Date, _ value: (Measure) -> Double?) {
        append(at: time, value) { _, _ in nil }
    }

    /// Adds a step that begins later than the latest; anything else is left out.
    ///
    /// - Parameter detail: What there is of a measure beside its value.
    package mutating func append(at time: Date, _ value: (Measure) -> Double?, detail: (Measure, Detail) -> Double?) {
        guard let seconds = Self.seconds(time), times.last.map({ $0 < seconds }) ?? true else { return }
        times.append(seconds)
        for (index, measure) in measures.enumerated() {
            columns[index].append(value(measure)) { detail(measure, $0) }
        }
    }

    /// Adds what another history has of later times than the latest.
    package mutating func append(contentsOf other: MeasureHistory) {
        let first = times.last.map { latest in other.times.firstIndex { $0 > latest } ?? other.times.endIndex } ?? 0
        guard first < other.times.endIndex else { return }
        times += other.times[first...]
        for (index, measure) in measures.enumerated() {
            columns[index].append(
                other.measures.firstIndex(of: measure).map { other.columns[$0] } ?? Column(), from: first, upTo: other.times.count)
        }
    }

    package mutating func forget(before time: Date) {
        let count = times.prefix { Double($0) < time.timeIntervalSince1970 }.count
        guard count > 0 else { return }
        times.removeFirst(count)
        for index in columns.indices { columns[index].keep(count...) }
    }

    /// Leaves out what is of that time or later.
    package mutating func forget(from time: Date) {
        let count = times.firstIndex { Double($0) >= time.timeIntervalSince1970 } ?? times.endIndex
        guard count < times.endIndex else { return }
        times.removeSubrange(count...)
        for index in columns.indices { columns[index].keep(..<count) }
    }

    package func points(of measure: Measure, since start: Date = .beforeAnyClock) -> [Point] {
        guard let column = measures.firstIndex(of: measure).map({ columns[$0] }) else { return [] }
        let first = times.firstIndex { Double($0) >= start.timeIntervalSince1970 } ?? times.endIndex
        return (first..<times.endIndex).map { column.point(at: $0, time: times[$0]) }
    }

    /// A value of each time; `nil` where there is none of that time. `nil` in place of all where the measure has none of that detail.
    func details(_ detail: Detail, of measure: Measure) -> [Double?]? {
        guard let column = measures.firstIndex(of: measure).map({ columns[$0] }), column.has(detail) else { return nil }
        return column.values.indices.map { column[detail, $0] }
    }

    func values(of measure: Measure) -> [Double?] {
        measures.firstIndex(of: measure).map { columns[$0].values.map(Self.value) } ?? []
    }

    fileprivate static func seconds(_ time: Date) -> UInt32? {
        seconds(time.timeIntervalSince1970)
    }

    fileprivate static func seconds(_ seconds: Double) -> UInt32? {
        seconds > 0 && seconds < Double(UInt32.max) ? UInt32(seconds) : nil
    }

    /// A number that something measured may have.
    fileprivate static func kept(_ value: Double) -> Float? {
        abs(value) < 1e6 ? Float(value) : nil
    }

    /// To three decimals, the most that NetAtmo sends: 21.4 is to come back as 21.4.
    fileprivate static func value(_ kept: Float) -> Double? {
        kept.isNaN ? nil : (Double(kept) * 1000).rounded() / 1000
    }
}

extension MeasureHistory.Column {
    mutating func append(_ value: Double?, detail: (MeasureHistory.Detail) -> Double?) {
        let count = values.count
        values.append(value.flatMap(MeasureHistory.kept) ?? .nan)
        Self.append(detail(.least).flatMap(MeasureHistory.kept), to: &least, after: count, none: .nan)
        Self.append(detail(.greatest).flatMap(MeasureHistory.kept), to: &greatest, after: count, none: .nan)
        Self.append(detail(.leastTime).flatMap(MeasureHistory.seconds), to: &leastTimes, after: count, none: 0)
        Self.append(detail(.greatestTime).flatMap(MeasureHistory.seconds), to: &greatestTimes, after: count, none: 0)
    }

    /// Where there was none yet those before are none, and where there never is one there is no array.
    private static func append<Value>(_ value: Value?, to array: inout [Value], after count: Int, none: Value) {
        if array.isEmpty {
            guard let value else { return }
            array = Array(repeating: none, count: count) + [value]
        } else {
            array.append(value ?? none)
        }
    }

    mutating func append(_ other: Self, from first: Int, upTo end: Int) {
        let count = values.count
        values += other.values.isEmpty ? Array(repeating: .nan, count: end - first) : Array(other.values[first...])
        Self.append(other.least, from: first, upTo: end, to: &least, after: count, none: .nan)
        Self.append(other.greatest, from: first, upTo: end, to: &greatest, after: count, none: .nan)
        Self.append(other.leastTimes, from: first, upTo: end, to: &leastTimes, after: count, none: 0)
        Self.append(other.greatestTimes, from: first, upTo: end, to: &greatestTimes, after: count, none: 0)
    }

    private static func append<Value>(
        _ other: [Value], from first: Int, upTo end: Int, to array: inout [Value], after count: Int, none: Value
    ) {
        guard !array.isEmpty || !other.isEmpty else { return }
        if array.isEmpty { array = Array(repeating: none, count: count) }
        array += other.isEmpty ? Array(repeating: none, count: end - first) : Array(other[first...])
    }

    mutating func keep(_ range: some RangeExpression<Int>) {
        values = Array(values[range])
        if !least.isEmpty { least = Array(least[range]) }
        if !greatest.isEmpty { greatest = Array(greatest[range]) }
        if !leastTimes.isEmpty { leastTimes = Array(leastTimes[range]) }
        if !greatestTimes.isEmpty { greatestTimes = Array(greatestTimes[range]) }
    }

    func has(_ detail: MeasureHistory.Detail) -> Bool {
        switch detail {
        case .least: !least.isEmpty
        case .greatest: !greatest.isEmpty
        case .leastTime: !leastTimes.isEmpty
        case .greatestTime: !greatestTimes.isEmpty
        }
    }

    subscript(detail: MeasureHistory.Detail, index: Int) -> Double? {
        guard has(detail) else { return nil }
        switch detail {
        case .least: return MeasureHistory.value(least[index])
        case .greatest: return MeasureHistory.value(greatest[index])
        case .leastTime: return leastTimes[index] > 0 ? Double(leastTimes[index]) : nil
        case .greatestTime: return greatestTimes[index] > 0 ? Double(greatestTimes[index]) : nil
        }
    }

    func point(at index: Int, time: UInt32) -> MeasureHistory.Point {
        MeasureHistory.Point(
            time: Date(timeIntervalSince1970: Double(time)), value: MeasureHistory.value(values[index]), extremes: extremes(at: index),
            leastTime: self[.leastTime, index].map(Date.init(timeIntervalSince1970:)),
            greatestTime: self[.greatestTime, index].map(Date.init(timeIntervalSince1970:))
        )
    }

    /// Both, the right way round, or none.
    private func extremes(at index: Int) -> ClosedRange<Double>? {
        guard let least = self[.least, index], let greatest = self[.greatest, index], least <= greatest else { return nil }
        return least...greatest
    }
}
