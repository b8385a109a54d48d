import EngineAPI
package import Homes
import TerminalUI

extension DashboardState {
    /// What is to be done so that the chart that shows has its history. To be called after each change and each second.
    mutating func chartEffect() -> Effect? {
        chart.effect(showing: shownCharts, of: snapshot.shownStations, at: now)
    }

    /// Asks for what the engine has kept, as soon as it is known which modules there are, and again while it may be filling. To be
    /// called after each change and each second.
    mutating func keptHistoriesEffect() -> Effect? {
        guard !snapshot.shownStations.isEmpty, chart.keptAsking.begin(at: now) else { return nil }
        return .keptHistories
    }

    /// Takes what the engine has kept.
    mutating func take(kept: [String: MeasureHistory]) {
        let stations = snapshot.shownStations
        chart.live.add(kept, of: stations)
        let own = stations.lazy.filter { !$0.isFavorite }.flatMap(\.historySubjects)
        chart.keptAsking.end(isComplete: own.allSatisfy { kept[$0.id] != nil }, at: now)
    }

    /// Takes the history of a module as an answer to what was asked.
    package mutating func take(_ history: MeasureHistory, of module: Device, scale: HistoryScale) {
        chart.histories.noteAsked(module, scale: scale)
        chart.histories.take(.success(history), of: module.id, scale: scale, at: now)
    }

    /// The charts that can be seen.
    var shownCharts: [ChartCell] {
        guard help == nil, let module = readings.selectedDevice, let chosen = chart.measure(of: module) else { return [] }
        switch overlay {
        case .none:
            guard layout.isWide else {
                return layout.charts == nil ? [] : [ChartCell(module: module, measure: chosen, span: chart.span)]
            }
            return chartPlaces.map(\.cell)
        case .module:
            // On a low screen they are further down on its page.
            let places = chartPlaces
            return places.isEmpty ? [ChartCell(module: module, measure: chosen, span: chart.span)] : places.map(\.cell)
        case .log, .signIn: return []
        }
    }

    /// The modules of the selected one's home, itself among them.
    var homeOfSelection: [Device] { readings.list.home(ofRow: readings.selectedRow) }

    // MARK: The focus and the cursor

    /// Whether charts have the focus.
    var hasChartFocus: Bool {
        guard help == nil else { return false }
        switch overlay {
        case .none: return focus.panel == .charts && layout.charts != nil
        case .module(let state): return state.hasChartFocus
        case .log, .signIn: return false
        }
    }

    /// The charts that can be seen and their places, each with its title line.
    var chartPlaces: [(cell: ChartCell, place: Rect)] {
        guard help == nil, let module = readings.selectedDevice, let chosen = chart.measure(of: module) else { return [] }
        switch overlay {
        case .none:
            guard let place = layout.charts else { return [] }
            if layout.isWide { return ChartsPanel.cells(of: module, in: homeOfSelection, chart: chart, place: place) }
            return [(ChartCell(module: module, measure: chosen, span: chart.span), place.inset(columns: 1, rows: 0))]
        case .module(let state): return view(of: state)?.chartPlaces(in: body) ?? []
        case .log, .signIn: return []
        }
    }

    mutating func moveCursor(by steps: Int) {
        guard let module = readings.selectedDevice, let measure = chart.measure(of: module) else { return }
        let course = ChartCourse(module: module, measure: measure, chart: chart, environment: environment)
        chart.moveCursor(by: steps, in: course.window(columns: 100), now: now)
    }

    mutating func changeArrangement() {
        guard layout.isWide else {
            return say("Charts side by side need a screen of \(MainLayout.wide.columns)x\(MainLayout.wide.rows)", .accent)
        }
        chart.perform(.arrangement, on: readings.selectedDevice)
    }
}
