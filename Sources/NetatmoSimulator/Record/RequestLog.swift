import FoundationEssentials

/// The latest requests, and counts over all of them.
struct RequestLog: Sendable {
    private let capacity: Int
    /// Oldest first.
    private(set) var requests: [RecordedRequest] = []
    /// How many there have been, forgotten ones included.
    private(set) var count = 0
    private(set) var refreshesInFlight = 0
    private(set) var mostRefreshesInFlight = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 1)
    }

    /// Notes that a request arrived, and returns the number it has from now on.
    mutating func begin(endpoint: Endpoint, time: Date, grant: RecordedRequest.Grant?, fault: String?, usedReplacedToken: Bool) -> Int {
        count += 1
        if grant == .refreshToken {
            refreshesInFlight += 1
            mostRefreshesInFlight = max(mostRefreshesInFlight, refreshesInFlight)
        }
        requests.append(
            RecordedRequest(
                number: count, endpoint: endpoint, time: time, grant: grant, fault: fault, usedReplacedToken: usedReplacedToken,
                refreshesInFlight: grant == .refreshToken ? refreshesInFlight : 0
            )
        )
        requests.removeFirst(max(0, requests.count - capacity))
        return count
    }

    mutating func end(number: Int, grant: RecordedRequest.Grant?, outcome: RecordedRequest.Outcome, error: String?) {
        if grant == .refreshToken { refreshesInFlight -= 1 }
        update(number: number) { request in
            request.outcome = outcome
            request.error = error
        }
    }

    /// Notes that a request's token had been replaced while the request was under way.
    mutating func markReplacedToken(number: Int) {
        update(number: number) { $0.usedReplacedToken = true }
    }

    /// Changes a request, unless it has been forgotten meanwhile.
    private mutating func update(number: Int, _ change: (inout RecordedRequest) -> Void) {
        guard let first = requests.first?.number, requests.indices.contains(number - first) else { return }
        change(&requests[number - first])
    }
}
