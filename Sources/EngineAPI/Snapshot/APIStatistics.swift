package import Homes

/// An endpoint of NetAtmo that requests are counted for, by the last part of its path.
package enum APIEndpoint: String, Sendable, Hashable, CaseIterable {
    case token
    case stations = "getstationsdata"
    case homeCoaches = "gethomecoachsdata"
    case history = "getmeasure"
    case homesData = "homesdata"
    case homeStatus = "homestatus"
    case roomHistory = "getroommeasure"

    /// Whether it is asked only where the user wants NetAtmo Energy.
    package var isOfEnergy: Bool { [.homesData, .homeStatus, .roomHistory].contains(self) }
}

/// How a request to NetAtmo ended.
package enum RequestResult: Sendable, Hashable {
    case ok
    case failed(NetatmoError.Kind)

    /// The label's value: `ok`, or the kind of failure.
    package var label: String {
        switch self {
        case .ok: "ok"
        case .failed(let kind): kind.rawValue
        }
    }

    /// All there can be, so that each is served from the start: a counter that appears with its first failure has no rise.
    /// What is held back is no request.
    package static let all = [RequestResult.ok] + NetatmoError.Kind.allCases.filter { $0 != .heldBack }.map(failed)
}

/// What was asked of NetAtmo, by this run of the program and by those before it that are remembered.
package struct APIStatistics: Sendable, Hashable {
    package struct Requests: Sendable, Hashable {
        package private(set) var counts: [RequestResult: Int] = [:]
        package private(set) var durations = DurationHistogram()

        init(counts: [RequestResult: Int] = [:], durations: DurationHistogram = DurationHistogram()) {
            self.counts = counts
            self.durations = durations
        }

        package mutating func add(_ result: RequestResult, seconds: Double) {
            counts[result, default: 0] += 1
            durations.add(seconds)
        }
    }

    package private(set) var requests: [APIEndpoint: Requests] = [:]
    /// How often a refresh token was exchanged for a new pair, by how it ended.
    package private(set) var refreshes: [RequestResult: Int] = [:]

    package init() {}

    init(requests: [APIEndpoint: Requests], refreshes: [RequestResult: Int]) {
        self.requests = requests
        self.refreshes = refreshes
    }

    package mutating func add(_ result: RequestResult, to endpoint: APIEndpoint, seconds: Double) {
        requests[endpoint, default: Requests()].add(result, seconds: seconds)
    }

    package mutating func addRefresh(_ result: RequestResult) {
        refreshes[result, default: 0] += 1
    }
}

/// Durations counted in ranges, as Prometheus's histograms have them.
package struct DurationHistogram: Sendable, Hashable {
    /// The upper ends of the ranges, in seconds. The last is how long a request may take in all.
    package static let bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    /// How many were in each range, and behind the last.
    private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    /// All of them together, in seconds.
    package private(set) var sum = 0.0

    package init() {}

    /// - Parameters:
    ///   - counts: How many were in each range, and behind the last; `nil` where these are other ranges.
    ///   - sum: In seconds.
    init?(counts: [Int], sum: Double) {
        guard counts.count == Self.bounds.count + 1 else { return nil }
        self.counts = counts
        self.sum = sum
    }

    package mutating func add(_ seconds: Double) {
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        sum += seconds
    }

    package var count: Int { counts.reduce(0, +) }

    /// How many took at most as long as each bound, and all at the end.
    package var cumulativeCounts: [(bound: Double, count: Int)] {
        var total = 0
        return zip(Self.bounds + [.infinity], counts).map { bound, count in
            total += count
            return (bound, total)
        }
    }
}
