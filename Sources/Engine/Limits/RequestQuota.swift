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
    /// In seconds, the longest of their windows.
    private let longest: Double
    /// When requests went, the oldest first.
    private var all: [Date] = []
    private var data: [Date] = []
    /// The same without exports, which have a limit of their own.
    private var allButExports: [Date] = []
    private var dataButExports: [Date] = []
    /// How many went so far.
    private(set) var count = 0

    init(_ limits: RequestLimits) {
        self.limits = limits
        let windows = limits.all + limits.data + limits.histories + limits.exports + [limits.spacing].compactMap(\.self)
        longest = windows.map(\.seconds).max() ?? 0
    }

    /// When requests went that count, oldest first.
    var requests: (all: [Date], data: [Date]) { (all, data) }

    /// Counts requests of before as well.
    mutating func add(all: [Date], data: [Date]) {
        self.all = (all + self.all).sorted()
        self.data = (data + self.data).sorted()
        allButExports = (all + allButExports).sorted()
        dataButExports = (data + dataButExports).sorted()
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
        count(purpose, at: now)
        return .go
    }

    private mutating func count(_ purpose: NetatmoRequest.Purpose, at now: Date) {
        count += 1
        all.append(now)
        if purpose != .token { data.append(now) }
        guard purpose != .export else { return }
        allButExports.append(now)
        if purpose != .token { dataButExports.append(now) }
    }

    /// When a request for data may go that leaves half of what is allowed to others; `nil` where one may now.
    ///
    /// An export that goes on for hours takes its own share: counted here, it would stop the curves and the counting of rain meanwhile.
    /// What only spaces requests is not waited for here, where the export would always come first, but in the row with it.
    mutating func spareTime(at now: Date) -> Date? {
        forget(at: now)
        let left =
            limits.all.compactMap { room(in: $0, after: all, at: now) } + limits.data.compactMap { room(in: $0, after: data, at: now) }
        let spare =
            limits.all.compactMap { room(in: $0.half, after: allButExports, at: now) }
            + (limits.data + [limits.spacing].compactMap(\.self)).compactMap { room(in: $0.half, after: dataButExports, at: now) }
        return (left + spare).max()
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
        let oldest = now.addingTimeInterval(-longest)
        for times in [\RequestQuota.all, \.data, \.allButExports, \.dataButExports] {
            self[keyPath: times].forget(until: oldest, at: now)
        }
    }
}

extension [Date] {
    /// Of times in their order, drops those up to the oldest that counts, and makes those that are to come as one of now.
    fileprivate mutating func forget(until oldest: Date, at now: Date) {
        removeFirst(firstIndex { $0 > oldest } ?? count)
        for index in indices.reversed() {
            guard self[index] > now else { break }
            self[index] = now
        }
    }
}

extension RequestLimits.Window {
    /// The same length, with half of its requests, one at least.
    fileprivate var half: Self { Self(count: max(1, count / 2), seconds: seconds) }
}
