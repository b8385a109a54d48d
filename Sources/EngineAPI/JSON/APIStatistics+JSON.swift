// Counters in JSON are named as the labels of the metrics are.

extension APIStatistics: Codable {
    private struct Form: Codable {
        struct Requests: Codable {
            let results: [String: Int]
            let durations: [Int]
            let seconds: Double
        }

        let requests: [String: Requests]
        let refreshes: [String: Int]
    }

    package func encode(to encoder: any Encoder) throws {
        let requests = requests.map { endpoint, requests in
            (
                endpoint.rawValue,
                Form.Requests(
                    results: requests.counts.byLabel, durations: requests.durations.counts, seconds: requests.durations.sum
                )
            )
        }
        try Form(requests: Dictionary(uniqueKeysWithValues: requests), refreshes: refreshes.byLabel).encode(to: encoder)
    }

    /// What this release does not count is left out.
    package init(from decoder: any Decoder) throws {
        let form = try Form(from: decoder)
        var requests: [APIEndpoint: Requests] = [:]
        for (name, counted) in form.requests {
            guard let endpoint = APIEndpoint(rawValue: name),
                let durations = DurationHistogram(counts: try counted.durations.map(Self.count), sum: try Self.sum(counted.seconds))
            else { continue }
            requests[endpoint] = Requests(counts: try Self.counts(counted.results), durations: durations)
        }
        self.init(requests: requests, refreshes: try Self.counts(form.refreshes))
    }

    private static func counts(_ byLabel: [String: Int]) throws -> [RequestResult: Int] {
        var counts: [RequestResult: Int] = [:]
        for result in RequestResult.all { counts[result] = try byLabel[result.label].map(count) }
        return counts
    }

    /// No program counts so far that one more could be too many.
    private static func count(_ number: Int) throws -> Int {
        guard 0...(1 << 50) ~= number else { throw Damage.count(number) }
        return number
    }

    private static func sum(_ seconds: Double) throws -> Double {
        guard 0...1e15 ~= seconds else { throw Damage.sum(seconds) }
        return seconds
    }

    private enum Damage: Error {
        case count(Int)
        case sum(Double)
    }
}

extension [RequestResult: Int] {
    fileprivate var byLabel: [String: Int] {
        [String: Int](uniqueKeysWithValues: map { ($0.label, $1) })
    }
}
