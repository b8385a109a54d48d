import EngineAPI
import FoundationEssentials
import Homes

/// What the charts show, and the measured values that they are drawn from.
struct ChartState: Sendable {
    /// The measure that they show, where the user chose one.
    private(set) var chosenMeasure: Measure?
    private(set) var span = HistorySpan.day
    /// The values since the start.
    var live = LiveHistories()
    /// What NetAtmo gave.
    var histories = ChartHistories()
    /// When the engine is asked for what it has kept.
    var keptAsking = KeptHistoriesAsking()
    /// What charts beside each other have in common.
    private(set) var arrangement = ChartArrangement.measures
    /// The time that is read from the charts that have the focus.
    private(set) var cursor: Date?
    /// The charts that can be seen.
    private var shown: ShownCharts?

    /// How long a chart shows before NetAtmo is asked for its history, in seconds.
    private static let patience: TimeInterval = 0.3

    /// The measure whose chart shows of a module: the one that was chosen, or the module's first where it has no such.
    func measure(of module: Device) -> Measure? {
        let measures = module.chartMeasures
        return chosenMeasure.flatMap { measures.contains($0) ? $0 : nil } ?? measures.first
    }

    /// What a key's action does to the charts of the selected module.
    mutating func perform(_ action: Action, on module: Device?) {
        switch action {
        case .nextMeasure: changeMeasure(by: 1, of: module)
        case .previousMeasure: changeMeasure(by: -1, of: module)
        case .longerSpan: span = span.moved(by: 1)
        case .shorterSpan: span = span.moved(by: -1)
        case .arrangement: arrangement = arrangement.other
        default: break
        }
    }

    /// Shows what the user chose before.
    mutating func restore(_ span: HistorySpan, _ measure: Measure?, _ arrangement: ChartArrangement) {
        self.span = span
        chosenMeasure = measure
        self.arrangement = arrangement
    }

    /// Shows the measure of a chart among others.
    mutating func choose(_ measure: Measure) {
        chosenMeasure = measure
    }

    /// The same with another span.
    func showing(_ span: HistorySpan) -> ChartState {
        guard span != self.span else { return self }
        var other = self
        other.span = span
        return other
    }

    private mutating func changeMeasure(by step: Int, of module: Device?) {
        guard let module, let current = measure(of: module) else { return }
        chosenMeasure = module.chartMeasures.element(step, from: current)
    }

    // MARK: The cursor

    /// Moves the cursor by so many steps; from nowhere it begins at the end.
    ///
    /// - Parameter window: What the charts show.
    mutating func moveCursor(by steps: Int, in window: ChartWindow, now: Date) {
        let end = min(window.end, now.timeIntervalSince1970)
        let time = (cursor?.timeIntervalSince1970).map { $0 + Double(steps) * span.cursorStep } ?? end
        cursor = Date(timeIntervalSince1970: min(max(time, window.start), end))
    }

    mutating func putCursor(at time: Date) {
        cursor = time
    }

    mutating func removeCursor() {
        cursor = nil
    }

    mutating func take(_ stations: [Station], at now: Date) {
        live.add(stations)
        histories.add(stations, at: now)
    }

    /// The engine's process can be asked again.
    mutating func noteReachable() {
        histories.noteReachable()
        keptAsking = KeptHistoriesAsking()
    }

    /// What is to be done so that the charts that show have their histories: nothing, to look again soon, or to ask for one of them.
    ///
    /// To be called after each change and each second. One is asked for after the other, as NetAtmo is by the engine.
    ///
    /// - Parameter cells: The charts that can be seen; the stations of their modules are among `stations`.
    mutating func effect(showing cells: [ChartCell], of stations: [Station], at now: Date) -> Effect? {
        guard !cells.isEmpty else {
            shown = nil
            return nil
        }
        if shown?.isOf(cells) != true {
            shown = ShownCharts(cells, of: stations, since: now)
            return wanted(at: now) == nil ? nil : .look(at: now.addingTimeInterval(Self.patience))
        }
        // By a clock that was set back it can't be known how long it has been.
        guard let shown, abs(now.timeIntervalSince(shown.since)) >= Self.patience - 0.001, let next = wanted(at: now) else { return nil }
        histories.noteAsked(next.module, scale: next.subject.scale)
        return .history(next.subject)
    }

    /// How many of the charts that show have NetAtmo's history, and of how many; `nil` where all have, or where there is one alone.
    var progress: (have: Int, of: Int)? {
        guard let charts = shown?.charts, charts.count > 1 else { return nil }
        let have = charts.count { histories.entry(of: $0.module, scale: $0.subject.scale)?.fetchedAt != nil }
        return have < charts.count ? (have, charts.count) : nil
    }

    /// The first history that is missing or old, unless one of them is being asked for.
    private func wanted(at now: Date) -> ShownCharts.Chart? {
        guard let charts = shown?.charts else { return nil }
        guard !charts.contains(where: { histories.entry(of: $0.module, scale: $0.subject.scale)?.isAsked == true }) else { return nil }
        return charts.first { histories.isWanted($0.module, scale: $0.subject.scale, amongst: charts.count, at: now) }
    }
}

/// The charts that show, and since when: those that the selection only passes by ask nothing.
private struct ShownCharts: Sendable {
    struct Chart: Sendable {
        let module: Device
        let subject: HistorySubject
    }

    /// One for each module and scale.
    let charts: [Chart]
    let since: Date
    private let names: [Name]

    private struct Name: Sendable, Hashable {
        let moduleID: String
        let scale: HistoryScale
    }

    init(_ cells: [ChartCell], of stations: [Station], since: Date) {
        names = Self.names(of: cells)
        self.since = since
        var seen: Set<Name> = []
        charts = cells.compactMap { cell in
            guard seen.insert(Name(moduleID: cell.module.id, scale: cell.span.scale)).inserted else { return nil }
            let subject = stations.first { $0.holds(cell.module) }.flatMap { HistorySubject(of: cell.module, in: $0) }
            return subject.map { Chart(module: cell.module, subject: $0.at(cell.span.scale)) }
        }
    }

    /// Whether nothing else shows meanwhile.
    func isOf(_ cells: [ChartCell]) -> Bool {
        names == Self.names(of: cells)
    }

    private static func names(of cells: [ChartCell]) -> [Name] {
        cells.map { Name(moduleID: $0.module.id, scale: $0.span.scale) }
    }
}

// MARK: - The curve in the row of a module

extension ChartState {
    /// How far back a curve of NetAtmo's history goes, in seconds.
    private static let curveSpan: TimeInterval = 86_400

    /// The values of a curve: the last day in so many parts of equal length, oldest first, with nothing for a part without a value.
    ///
    /// Of NetAtmo's history where that is known, else of what the engine kept and of the readings since the start.
    func curve(of module: Device, count: Int, at now: Date) -> [Double?] {
        guard let measure = module.curveMeasure, count > 1 else { return [] }
        let start = now.addingTimeInterval(-Self.curveSpan)
        let parts: CurveParts
        if let entry = histories.entry(of: module), entry.fetchedAt != nil {
            parts = entry.history.points(of: measure, since: start).reduce(into: CurveParts(count: count, isSum: measure == .rain)) {
                if let value = $1.value { $0.add(value, at: $1.time.timeIntervalSince(start) / Self.curveSpan) }
            }
        } else {
            parts = live.points(of: module).reduce(into: CurveParts(count: count, isSum: measure == .rain)) {
                $0.add($1.value, at: $1.time.timeIntervalSince(start) / Self.curveSpan)
            }
        }
        return parts.values
    }
}

/// Sums or means of the values in equal parts of a time.
private struct CurveParts {
    private var sums: [Double]
    private var counts: [Int]
    private let isSum: Bool

    init(count: Int, isSum: Bool) {
        sums = Array(repeating: 0, count: count)
        counts = Array(repeating: 0, count: count)
        self.isSum = isSum
    }

    /// - Parameter fraction: How much of the time had gone by, from 0 to 1.
    mutating func add(_ value: Double, at fraction: Double) {
        guard fraction > 0, fraction <= 1 else { return }
        let part = min(sums.count - 1, Int(fraction * Double(sums.count)))
        sums[part] += value
        counts[part] += 1
    }

    var values: [Double?] {
        zip(sums, counts).map { $1 == 0 ? nil : isSum ? $0 : $0 / Double($1) }
    }
}
