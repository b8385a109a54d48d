import Homes

extension HistorySpan {
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
