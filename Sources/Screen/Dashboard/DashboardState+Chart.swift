import EngineAPI
import Homes

extension DashboardState {
    /// What is to be done so that the chart that shows has its history. To be called after each change and each second.
    mutating func chartEffect() -> Effect? {
        chart.effect(showing: chartModule, of: snapshot.data.stations, at: now)
    }

    /// Asks once for what the engine has kept, as soon as it is known which modules there are.
    mutating func keptHistoriesEffect() -> Effect? {
        guard !chart.isKeptAsked, !snapshot.data.stations.isEmpty else { return nil }
        chart.isKeptAsked = true
        return .keptHistories
    }

    /// The module whose chart can be seen.
    private var chartModule: Device? {
        guard help == nil else { return nil }
        switch overlay {
        case .none:
            let place = layout.readings.flatMap { ReadingsLayout(place: $0, rowCount: readings.list.rows.count).chart }
            return place == nil ? nil : readings.selectedDevice
        case .module: return readings.selectedDevice
        case .log, .signIn: return nil
        }
    }
}
