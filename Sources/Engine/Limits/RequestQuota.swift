import FoundationEssentials
import Netatmo

/// Counts requests, and says whether one more is within the limits.
struct RequestQuota: Sendable {
    enum Decision: Sendable, Hashable {
        /// It may go, and was counted.
        case go
        /// It may ask again at that time.
        case wait(until: Date)
        /// There is no room before that time.
        case refuse(until: Date)
    }

    private let limits: RequestLimits
    /// When requests went, the oldest first.
    private var all: [Date] = []
    private var data: [Date] = []
    /// How many went so far.
    private(set) var count = 0

    init(_ limits: RequestLimits) {
        self.limits = limits
    }

    /// When requests went that count, oldest first.
    var requests: (all: [Date], data: [Date]) { (all, data) }

    /// Counts requests of before as well.
    mutating func add(all: [Date], data: [Date]) {
        self.all = (all + self.all).sorted()
        self.data = (data + self.data).sorted()
    }

    /// Decides about a request, and counts it if it may go.
    mutating func admit(_ purpose: NetatmoRequest.Purpose, at now: Date) -> Decision {
        forget(at: now)
        let isData = purpose != .token
        let behindOthers =
            switch purpose {
            case .token, .data: [RequestLimits.Window]()
            case .history: limits.histories
            case .export: limits.exports
            }
        let rooms =
            limits.all.compactMap { room(in: $0, after: all, at: now) }
            + (isData ? limits.data.compactMap { room(in: $0, after: data, at: now) } : [])
            + behindOthers.compactMap { room(in: $0, after: data, at: now) }
        if let time = rooms.max() { return .refuse(until: time) }
        if isData, let spacing = limits.spacing, let time = room(in: spacing, after: data, at: now) { return .wait(until: time) }
        all.append(now)
        count += 1
        if isData { data.append(now) }
        return .go
    }

    /// When a request for data may go that leaves half of what is allowed to others; `nil` where one may now.
    mutating func spareTime(at now: Date) -> Date? {
        forget(at: now)
        let ofAll = limits.all.compactMap { room(in: $0.half, after: all, at: now) }
        let ofData = (limits.data + [limits.spacing].compactMap(\.self)).compactMap { room(in: $0.half, after: data, at: now) }
        return (ofAll + ofData).max()
    }

    /// When a window has room again; `nil` where it has now.
    private func room(in window: RequestLimits.Window, after times: [Date], at now: Date) -> Date? {
        guard times.count >= window.count else { return nil }
        let end = times[times.count - window.count].addingTimeInterval(window.seconds)
        return end > now ? end : nil
    }

    /// Requests that no window reaches are forgotten. By a clock that was set back, those in the future count as just now, since
    /// it is unknown how long ago they were.
    private mutating func forget(at now: Date) {
        let longest =
            (limits.all + limits.data + limits.histories + limits.exports + [limits.spacing].compactMap(\.self)).map(\.seconds).max() ?? 0
        let oldest = now.addingTimeInterval(-longest)
        all = all.filter { $0 > oldest }.map { min($0, now) }
        data = data.filter { $0 > oldest }.map { min($0, now) }
    }
}

extension RequestLimits.Window {
    /// The same length, with half of its requests, one at least.
    fileprivate var half: Self { Self(count: max(1, count / 2), seconds: seconds) }
}
