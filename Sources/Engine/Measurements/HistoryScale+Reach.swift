import FoundationEssentials
import Homes

extension HistoryScale {
    /// How far back a history goes, in seconds: the span that is looked at so finely, and the step that its begin lies in. Never more
    /// times than the 1024 that an answer holds; weeks and months reach back behind the first station that was ever sold.
    var reach: TimeInterval {
        switch self {
        case .measurement: 3 * 86_400
        case .halfHour: 7 * 86_400 + step
        case .hour, .threeHours: 31 * 86_400 + step
        case .day: 367 * 86_400
        case .week: 1000 * step
        case .month: 240 * step
        }
    }

    /// The shortest that a step can be, in seconds: of a day when the clocks go forward, and of a February.
    private var shortestStep: TimeInterval {
        switch self {
        case .measurement, .halfHour, .hour, .threeHours: step
        case .day, .week: step - 3600
        case .month: 28 * 86_400 - 3600
        }
    }

    /// Stations upload every ten minutes: sooner there is nothing new.
    private static let upload: TimeInterval = 600
    /// How long, in seconds, a step under way is good for as it was: the day's highest is of today.
    private static let longestFreshness: TimeInterval = 3600

    /// For how long, in seconds, an answer has all that there is: of measurements until the next upload, of steps until the newest is
    /// over.
    ///
    /// - Parameters:
    ///   - fetchedAt: When the answer came.
    ///   - latest: When its newest step begins.
    func freshness(fetchedAt: Date, latest: Date?) -> TimeInterval {
        guard self != .measurement, let latest else { return Self.upload }
        let rest = latest.addingTimeInterval(shortestStep).timeIntervalSince(fetchedAt)
        return max(Self.upload, min(rest, Self.longestFreshness))
    }

    /// How much may be missing at the end, in seconds, so that what is kept is still worth showing.
    var patience: TimeInterval { max(3600, step) }
}
