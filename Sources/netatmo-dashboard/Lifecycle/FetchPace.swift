import FoundationEssentials
import OperatingSystem

/// A rate limit over runs of the program: `watch` starts many that fetch once and end, which together have to stay within NetAtmo's
/// 500 requests an hour.
///
/// A token bucket in one number: each request is worth 8 s, which makes 450 an hour, and the modification time of the lock file says
/// until when the requests so far last; it may lie in the future. An exporter that stays sets it to now, and has a quota of its own.
struct FetchPace {
    /// The lock file.
    let path: String
    var now: @Sendable () -> Date = { Date() }

    /// How much time a request uses up, in seconds.
    static let cost = 8.0
    /// How far ahead of now, in seconds, that time may be without a wait: room for a token, the readings, and the readings once more.
    private static let lead = 16.0
    /// The most requests of one fetch: a token, stations and home coaches, and all of them again where the token was refused.
    private static let most = 6

    /// How long to wait before the fetch, in seconds; at most as long as after the largest fetch, even where the clock was set back.
    var wait: TimeInterval {
        max(0, countedUntil.timeIntervalSince(now()) - Self.lead)
    }

    /// The time that the requests so far have used up.
    var countedUntil: Date {
        guard let version = try? LocalFileSystem().version(of: path) else { return .beforeAnyClock }
        let time = Date(timeIntervalSince1970: Double(version.modified) / 1e9)
        return min(time, now().addingTimeInterval(Self.lead + Double(Self.most) * Self.cost))
    }

    /// Counts requests. To be called before they are sent with the most that they can be, since the program may be killed, and after
    /// them with what they were.
    ///
    /// - Parameters:
    ///   - requests: How many; `nil` where that is not known yet.
    ///   - before: ``countedUntil`` of before them.
    func count(_ requests: Int?, after before: Date) {
        let end = max(before, now()).addingTimeInterval(Double(requests ?? Self.most) * Self.cost)
        // Where that can't be, there is no lock file of ours either, which is told as a warning elsewhere.
        try? FileManager.default.setAttributes([.modificationDate: end], ofItemAtPath: path)
    }
}
