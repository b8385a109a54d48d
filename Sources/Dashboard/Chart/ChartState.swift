import Exporter
import FoundationEssentials
import Homes

/// The chart that shows, and since when: one that the selection only passes by asks nothing.
struct ShownChart: Sendable, Hashable {
    let moduleID: String
    let since: Date
    let subject: HistorySubject
}

extension DashboardState {
    /// How long a chart shows before NetAtmo is asked for its history, in seconds.
    private static let patience: TimeInterval = 0.3

    /// The measure whose chart shows of a module: the one that was chosen, or the module's first where it has no such.
    func chartMeasure(of module: Module) -> Measure? {
        let measures = module.chartMeasures
        return chosenMeasure.flatMap { measures.contains($0) ? $0 : nil } ?? measures.first
    }

    /// Chooses another measure of the selected module.
    mutating func changeChartMeasure(by step: Int) {
        guard let module = selectedDevice, let current = chartMeasure(of: module) else { return }
        let measures = module.chartMeasures
        let index = (measures.firstIndex(of: current) ?? 0) + step
        chosenMeasure = measures[(index + measures.count) % measures.count]
    }

    /// Shows a longer or a shorter time.
    mutating func changeChartSpan(by step: Int) {
        chartSpan = chartSpan.moved(by: step)
    }

    /// What is to be done so that the chart that shows has its history: nothing, to look again soon, or to ask for it.
    ///
    /// To be called after each change and each second.
    mutating func chartEffect() -> Effect? {
        guard let module = chartModule else {
            shownChart = nil
            return nil
        }
        if shownChart?.moduleID != module.id {
            shownChart = subject(of: module).map { ShownChart(moduleID: module.id, since: now, subject: $0) }
            guard shownChart != nil, histories.isWanted(module, at: now) else { return nil }
            return .look(at: now.addingTimeInterval(Self.patience))
        }
        // By a clock that was set back nobody knows how long it has been.
        guard let shownChart, abs(now.timeIntervalSince(shownChart.since)) >= Self.patience - 0.001, histories.isWanted(module, at: now)
        else { return nil }
        histories.noteAsked(module)
        return .history(shownChart.subject)
    }

    /// The module whose chart can be seen.
    private var chartModule: Module? {
        guard help == nil else { return nil }
        switch overlay {
        case .none: return ReadingsPanel.showsChart(self) ? selectedDevice : nil
        case .module: return selectedDevice
        case .log, .signIn: return nil
        }
    }

    /// What to ask NetAtmo for a module's history; `nil` where it has none.
    private func subject(of module: Module) -> HistorySubject? {
        let measures = module.historyMeasures
        guard !measures.isEmpty, let base = snapshot.data.stations.first(where: { $0.holds(module) })?.base else { return nil }
        return HistorySubject(deviceID: base.id, moduleID: base.id == module.id ? nil : module.id, measures: measures)
    }
}

extension Station {
    /// Whether a module is one of its devices.
    func holds(_ module: Module) -> Bool {
        base.id == module.id || modules.contains { $0.id == module.id }
    }
}

extension HistorySubject {
    /// The id of the device whose past it is.
    var id: String { moduleID ?? deviceID }
}
