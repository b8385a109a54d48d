import EngineAPI
import Homes

extension Event {
    /// The alert that it tells; `nil` where it is something else.
    var alert: ReadingAlert? {
        if case .readingAlert(let alert) = kind { alert } else { nil }
    }
}
