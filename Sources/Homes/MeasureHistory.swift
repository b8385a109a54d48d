package import FoundationEssentials
import OperatingSystem

/// What a module measured over time, oldest first: a value, or none, for each of its measures at each time.
///
/// Kept small, since there are many: a time has whole seconds, a value the seven digits of a `Float`, which is more than a sensor has.
package struct MeasureHistory: Sendable {
    /// A measure at a time.
    package struct Point: Sendable, Hashable {
        package let time: Date
        /// The value in the measure's unit; `nil` where there is none of that time.
        package let value: Double?
        /// The least and the greatest of the measurements that a step of a coarser scale sums up; `nil` for a measurement.
        package let extremes: ClosedRange<Double>?

        package init(time: Date, value: Double?, extremes: ClosedRange<Double>? = nil) {
            self.time = time
            self.value = value
            self.extremes = extremes
        }
    }

    package let measures: [Measure]
    /// Seconds since 1970, rising.
    private(set) var times: [UInt32] = []
    /// The values of each measure at these times; not a number where there is none.
    private(set) var columns: [[Float]]

    package init(measures: [Measure]) {
        self.measures = measures
        columns = measures.map { _ in [] }
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
        guard let seconds = Self.seconds(time), times.last.map({ $0 < seconds }) ?? true else { return }
        times.append(seconds)
        for (index, measure) in measures.enumerated() {
            columns[index].append(value(measure).flatMap(Self.kept) ?? .nan)
        }
    }

    /// Adds what another history has of later times than the latest.
    package mutating func append(contentsOf other: MeasureHistory) {
        let places = measures.map { other.measures.firstIndex(of: $0) }
        let first = times.last.map { latest in other.times.firstIndex { $0 > latest } ?? other.times.endIndex } ?? 0
        guard first < other.times.endIndex else { return }
        times += other.times[first...]
        for (index, place) in places.enumerated() {
            columns[index] += place.map { Array(other.columns[$0][first...]) } ?? Array(repeating: .nan, count: other.times.count - first)
        }
    }

    package mutating func forget(before time: Date) {
        let count = times.prefix { Double($0) < time.timeIntervalSince1970 }.count
        guard count > 0 else { return }
        times.removeFirst(count)
        for index in columns.indices { columns[index].removeFirst(count) }
    }

    package func points(of measure: Measure, since start: Date = .beforeAnyClock) -> [Point] {
        guard let column = measures.firstIndex(of: measure).map({ columns[$0] }) else { return [] }
        let first = times.firstIndex { Double($0) >= start.timeIntervalSince1970 } ?? times.endIndex
        return (first..<times.endIndex).map { index in
            let value = column[index]
            return Point(time: Date(timeIntervalSince1970: Double(times[index])), value: value.isNaN ? nil : Self.decimal(value))
        }
    }

    private static func seconds(_ time: Date) -> UInt32? {
        let seconds = time.timeIntervalSince1970
        return seconds > 0 && seconds < Double(UInt32.max) ? UInt32(seconds) : nil
    }

    /// A number that something measured may have.
    private static func kept(_ value: Double) -> Float? {
        abs(value) < 1e6 ? Float(value) : nil
    }

    /// To three decimals, the most that NetAtmo sends: 21.4 is to come back as 21.4.
    static func decimal(_ value: Float) -> Double {
        (Double(value) * 1000).rounded() / 1000
    }
}
