import EngineAPI
import Homes

extension HistorySubject {
    /// What its past is counted under.
    var endpoint: APIEndpoint {
        switch kind {
        case .device: .history
        case .room: .roomHistory
        }
    }
}
