import FoundationEssentials
import System

/// Keeps programs that fetch once and end, one after the other as `watch` starts them, within NetAtmo's 500 requests an hour.
///
/// Each request counts for 8 s, which makes 450 an hour. The lock file's time of change tells the next program until when those
/// before it count: it may lie in the future. Whoever takes the lock for good sets it to now, and counts by itself.
struct FetchPace {
    /// The lock file.
    let path: String
    /// The time.
    var now: @Sendable () -> Date = { Date() }

    /// How long a request counts, in seconds.
    static let cost = 8.0
    /// How far ahead, in seconds, the requests may be: a token and the readings, and the readings once more.
    private static let lead = 16.0
    /// The most requests of one fetch: a token, stations and home coaches, and all of them again where the token was refused.
    private static let most = 6

    /// How long to wait before the fetch, in seconds. By a clock that was set back it is no longer than after the longest fetch.
    var wait: TimeInterval {
        max(0, countedUntil.timeIntervalSince(now()) - Self.lead)
    }

    /// Until when the requests so far count.
    var countedUntil: Date {
        guard let version = try? LocalFileSystem().version(of: path) else { return .beforeAnyClock }
        let time = Date(timeIntervalSince1970: Double(version.modified) / 1e9)
        return min(time, now().addingTimeInterval(Self.lead + Double(Self.most) * Self.cost))
    }

    /// Counts requests; before they are sent, the most that they can be, since the program may be killed.
    ///
    /// - Parameters:
    ///   - requests: How many; `nil` where that is not known yet.
    ///   - before: Until when those before them count.
    func count(_ requests: Int?, after before: Date) {
        let end = max(before, now()).addingTimeInterval(Double(requests ?? Self.most) * Self.cost)
        // Where that can't be, there is no lock file of ours either, which is told as a warning elsewhere.
        try? FileManager.default.setAttributes([.modificationDate: end], ofItemAtPath: path)
    }
}
