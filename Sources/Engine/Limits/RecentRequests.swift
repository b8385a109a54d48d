import FoundationEssentials

/// When requests were sent, in a form that another run of the program can count them by.
///
/// How long ago they were is known by two clocks: the time of day, which may be set, and the machine's uptime, which begins anew when it
/// starts. What surely passed counts, the less of the two: so no clock that was set forward opens an hour that NetAtmo still counts. By
/// one that was set back they count as just now, and for an hour of this run at the most.
struct RecentRequests: Sendable, Hashable, Codable {
    /// When this was written.
    private let now: Date
    private let uptime: TimeInterval
    /// How many seconds before that each request was sent, the oldest first.
    private let all: [TimeInterval]
    /// Those for data among them.
    private let data: [TimeInterval]

    /// More than any limit counts.
    private static let most = 1000

    /// - Parameter requests: By the uptime, as seconds since the reference date.
    init(_ requests: (all: [Date], data: [Date]), now: Date, uptime: TimeInterval) {
        let ages = { (times: [Date]) in
            times.suffix(Self.most).map { ((uptime - $0.timeIntervalSinceReferenceDate) * 1000).rounded(.down) / 1000 }
        }
        self.now = now
        self.uptime = uptime
        all = ages(requests.all)
        data = ages(requests.data)
    }

    /// When they were, by the uptime of a later moment, as seconds since the reference date; never in its future.
    func times(now: Date, uptime: TimeInterval) -> (all: [Date], data: [Date]) {
        let byTimeOfDay = max(0, now.timeIntervalSince(self.now))
        let byUptime = uptime >= self.uptime ? uptime - self.uptime : uptime
        let passed = min(byTimeOfDay, byUptime)
        let times = { (ages: [TimeInterval]) in
            ages.suffix(Self.most).map { Date(timeIntervalSinceReferenceDate: uptime - passed - max(0, $0)) }
        }
        return (times(all), times(data))
    }
}
