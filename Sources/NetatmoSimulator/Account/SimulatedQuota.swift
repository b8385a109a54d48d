/// NetAtmo's limits for one user: 50 requests in any 10 seconds, and 500 in any hour.
///
/// A request that is turned down doesn't count.
struct SimulatedQuota: Sendable {
    private static let windows = [(seconds: 10, limit: 50), (seconds: 3600, limit: 500)]

    /// When requests were let through, Unix seconds, oldest first. Never more than the hour's limit.
    private var times: [Int] = []

    /// Whether one more request is within the limits now. If so, it is counted.
    mutating func admit(at now: Int) -> Bool {
        // A clock that was set back leaves times in the future; they would count for ever.
        times.removeAll { $0 <= now - 3600 || $0 > now }
        for window in Self.windows where times.count(where: { $0 > now - window.seconds }) >= window.limit {
            return false
        }
        times.append(now)
        return true
    }
}
