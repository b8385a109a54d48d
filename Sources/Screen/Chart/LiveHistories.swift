import FoundationEssentials
import Homes
import OperatingSystem

/// The values of the measure that says most about each module since the start, bounded: what there is where NetAtmo was not asked for a history.
///
/// Made for thousands of modules: a point takes four bytes.
struct LiveHistories: Sendable {
    struct Point: Sendable, Hashable {
        let time: Date
        let value: Double
    }

    /// Points kept of a module: a day and a little at the ten minutes in which stations upload.
    static let capacity = 160

    private var rings: [String: LiveHistory] = [:]
    /// Whether some module has two points, and so a curve.
    private(set) var hasCurves = false

    /// Takes the new readings; one that was there already is left out.
    mutating func add(_ stations: [Station]) {
        for module in stations.lazy.flatMap(\.devices) {
            guard let measure = module.curveMeasure, let value = module.readings?[measure], let time = module.readings?.time
            else { continue }
            let count = rings[module.id, default: LiveHistory(measure: measure)].append(value, of: measure, at: time)
            if count > 1 { hasCurves = true }
        }
    }

    /// Takes what was measured before the values that are there, of the modules that are known.
    ///
    /// - Parameter earlier: By the module's id; thinned where it has more than are kept.
    mutating func add(_ earlier: [String: MeasureHistory], of stations: [Station]) {
        for module in stations.lazy.flatMap(\.devices) {
            guard let measure = module.curveMeasure, let history = earlier[module.id] else { continue }
            let later = points(of: module)
            let past = history.points(of: measure).filter { point in later.first.map { point.time < $0.time } ?? true }
            let step = past.count / Self.capacity + 1
            var ring = LiveHistory(measure: measure)
            var count = 0
            var fallen = 0.0
            for (index, point) in past.enumerated() {
                fallen += point.value ?? 0
                guard (past.count - 1 - index).isMultiple(of: step), let value = point.value else { continue }
                // Rain adds up, so that what is left out of it would be missing.
                count = ring.append(measure == .rain ? fallen : value, of: measure, at: point.time)
                fallen = 0
            }
            for point in later { count = ring.append(point.value, of: measure, at: point.time) }
            rings[module.id] = ring
            if count > 1 { hasCurves = true }
        }
    }

    /// The values of a module, oldest first.
    func points(of module: Device) -> [Point] {
        rings[module.id]?.points ?? []
    }

    var storedBytes: Int { rings.values.reduce(0) { $0 + $1.storedBytes } }
}

/// The latest values of one module.
private struct LiveHistory: Sendable {
    /// A value, and the time in steps of four seconds, as far as 16 bits tell it: from one point to the next there are less than
    /// two days, so that they tell enough.
    private struct Entry: Sendable {
        let time: UInt16
        let value: Int16
    }

    private static let secondsPerStep = 4.0
    /// After a longer silence the points begin anew.
    private static let longestGap = 172_800.0

    private var measure: Measure
    private var entries: [Entry] = []
    /// Where the oldest entry is, once all places are taken.
    private var first = 0
    private var latest = Date.beforeAnyClock

    init(measure: Measure) {
        self.measure = measure
    }

    var storedBytes: Int { entries.capacity * MemoryLayout<Entry>.stride }

    /// Returns how many there are then.
    mutating func append(_ value: Double, of measure: Measure, at time: Date) -> Int {
        let gap = time.timeIntervalSince(latest)
        guard gap != 0 else { return entries.count }
        // A clock that was set back makes what was before worthless too.
        if gap < 0 || gap > Self.longestGap || measure != self.measure { self = LiveHistory(measure: measure) }
        latest = time
        let entry = Entry(time: Self.step(of: time), value: Int16(max(-32_767, min(32_767, (value * scale).rounded()))))
        if entries.count < LiveHistories.capacity {
            if entries.isEmpty { entries.reserveCapacity(LiveHistories.capacity) }
            entries.append(entry)
        } else {
            entries[first] = entry
            first = (first + 1) % LiveHistories.capacity
        }
        return entries.count
    }

    var points: [LiveHistories.Point] {
        var points: [LiveHistories.Point] = []
        points.reserveCapacity(entries.count)
        // From the latest back, since its time is known in full.
        var time = latest
        var step = Self.step(of: latest)
        for entry in (entries[first...] + entries[..<first]).reversed() {
            time = time.addingTimeInterval(-Double(step &- entry.time) * Self.secondsPerStep)
            step = entry.time
            points.append(.init(time: time, value: Double(entry.value) / scale))
        }
        return points.reversed()
    }

    /// In how many parts a unit is kept: in as many as sensors tell apart.
    private var scale: Double {
        switch measure.unit {
        case .celsius, .millibars, .millimeters: 10
        case .percent, .partsPerMillion, .decibels, .kilometersPerHour, .degrees, .minutesPerHour, .index: 1
        }
    }

    private static func step(of time: Date) -> UInt16 {
        UInt16(truncatingIfNeeded: Int64(max(0, min(1e11, time.timeIntervalSince1970)) / secondsPerStep))
    }
}
