import EngineAPI
import FoundationEssentials
import Homes

/// What the charts show, and the measured values that they are drawn from.
struct ChartState: Sendable {
    /// The measure that they show, where the user chose one.
    private(set) var chosenMeasure: Measure?
    private(set) var span = ChartSpan.day
    /// The values since the start.
    var live = LiveHistories()
    /// What NetAtmo gave.
    var histories = ChartHistories()
    /// Whether the engine was asked for what it has kept.
    var isKeptAsked = false
    /// The chart that can be seen.
    private var shown: ShownChart?

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
        default: break
        }
    }

    private mutating func changeMeasure(by step: Int, of module: Device?) {
        guard let module, let current = measure(of: module) else { return }
        chosenMeasure = module.chartMeasures.element(step, from: current)
    }

    mutating func take(_ stations: [Station], at now: Date) {
        live.add(stations)
        histories.add(stations, at: now)
    }

    /// The engine's process can be asked again.
    mutating func noteReachable() {
        histories.noteReachable()
        isKeptAsked = false
    }

    /// What is to be done so that the chart that shows has its history: nothing, to look again soon, or to ask for it.
    ///
    /// To be called after each change and each second.
    ///
    /// - Parameter module: The module whose chart can be seen; its station is among `stations`.
    mutating func effect(showing module: Device?, of stations: [Station], at now: Date) -> Effect? {
        guard let module else {
            shown = nil
            return nil
        }
        if shown?.moduleID != module.id {
            let subject = stations.first { $0.holds(module) }.flatMap { HistorySubject(of: module, in: $0) }
            shown = subject.map { ShownChart(moduleID: module.id, since: now, subject: $0) }
            guard shown != nil, histories.isWanted(module, at: now) else { return nil }
            return .look(at: now.addingTimeInterval(Self.patience))
        }
        // By a clock that was set back it can't be known how long it has been.
        guard let shown, abs(now.timeIntervalSince(shown.since)) >= Self.patience - 0.001, histories.isWanted(module, at: now)
        else { return nil }
        histories.noteAsked(module)
        return .history(shown.subject)
    }
}

/// The chart that shows, and since when: one that the selection only passes by asks nothing.
private struct ShownChart: Sendable, Hashable {
    let moduleID: String
    let since: Date
    let subject: HistorySubject
}

// MARK: - The curve in the row of a module

extension ChartState {
    /// How far back a curve of NetAtmo's history goes, in seconds.
    private static let curveSpan: TimeInterval = 86_400

    /// The values of a curve, oldest first: of the last day where NetAtmo was asked for it, else those since the start.
    ///
    /// - Parameter count: At most so many.
    func curve(of module: Device, count: Int, at now: Date) -> [Double] {
        guard let measure = module.mainMeasure, count > 1 else { return [] }
        guard let entry = histories.entry(of: module), entry.fetchedAt != nil else {
            return live.points(of: module).suffix(count).map(\.value)
        }
        let values = entry.history.points(of: measure, since: now.addingTimeInterval(-Self.curveSpan)).compactMap(\.value)
        guard values.count > count else { return values }
        return (0..<count).map { values[$0 * (values.count - 1) / (count - 1)] }
    }
}
