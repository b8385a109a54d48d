/// How much of the past is looked at in one go.
package enum HistorySpan: String, Sendable, Hashable, CaseIterable {
    case threeHours = "3h"
    case twelveHours = "12h"
    case day = "1d"
    case threeDays = "3d"
    case week = "1w"
    case month = "1m"
    case year = "1y"
    /// All since the station was set up.
    case all

    /// Its length in seconds; `nil` for all there is.
    package var seconds: Double? {
        switch self {
        case .threeHours: 3 * 3600
        case .twelveHours: 12 * 3600
        case .day: 86_400
        case .threeDays: 3 * 86_400
        case .week: 7 * 86_400
        case .month: 31 * 86_400
        case .year: 366 * 86_400
        case .all: nil
        }
    }

    /// What NetAtmo is asked for: as fine as one answer of at most 1024 times allows, and a screen has dots for.
    package var scale: HistoryScale {
        switch self {
        case .threeHours, .twelveHours, .day, .threeDays: .measurement
        case .week: .halfHour
        case .month: .threeHours
        case .year: .day
        case .all: .week
        }
    }
}
