import Homes

extension HistorySpan {
    /// In a title.
    var name: String {
        switch self {
        case .threeHours: "3 h"
        case .twelveHours: "12 h"
        case .day: "24 h"
        case .threeDays: "3 d"
        case .week: "week"
        case .month: "month"
        case .year: "year"
        case .all: "all"
        }
    }

    /// In a sentence, behind `the last` where it has an end.
    var words: String {
        switch self {
        case .threeHours: "3 hours"
        case .twelveHours: "12 hours"
        case .day: "24 hours"
        case .threeDays: "3 days"
        case .week, .month, .year: name
        case .all: "all the time"
        }
    }

    /// The next longer or shorter one, or the same at the end.
    func moved(by step: Int) -> HistorySpan {
        let all = Self.allCases
        let index = (all.firstIndex(of: self) ?? 0) + step
        return all[min(max(0, index), all.count - 1)]
    }

    /// How far a key moves the cursor, in seconds: some hundred steps from one edge to the other.
    var cursorStep: Double {
        switch self {
        case .threeHours: 300
        case .twelveHours: 600
        case .day: 900
        case .threeDays: 1800
        case .week: 2 * 3600
        case .month: 6 * 3600
        case .year: 3 * 86_400
        case .all: 14 * 86_400
        }
    }
}
