import FoundationEssentials
import Homes

/// A rain gauge of the user's own, as the readings tell of it.
struct RainGauge: Sendable {
    /// What to ask NetAtmo for its steps.
    let subject: HistorySubject
    /// When it measured last, as far as the readings tell.
    let latest: Date?

    var id: String { subject.id }

    /// Those of these stations, each once.
    static func own(of stations: [Station]) -> [RainGauge] {
        var ids: Set<String> = []
        return stations.filter { !$0.isFavorite }.flatMap { station in
            station.modules.filter { $0.kind == .rain && ids.insert($0.id).inserted }.map {
                RainGauge(
                    subject: HistorySubject(deviceID: station.base.id, moduleID: $0.id, measures: [.rain]), latest: $0.readings?.time)
            }
        }
    }
}
