/// The faults that wait for requests, in the order in which they were asked for.
struct FaultQueue: Sendable {
    private struct Entry: Sendable {
        let fault: Fault
        let endpoint: Endpoint
        var remaining: Int
    }

    /// More than a user scripts by hand; beyond it nothing is taken in.
    private static let limit = 1000

    private var entries: [Entry] = []

    /// - Parameter times: for how many requests; less than one is none, and `Int.max` never ends.
    mutating func add(_ fault: Fault, on endpoint: Endpoint, times: Int) {
        guard times > 0, entries.count < Self.limit else { return }
        entries.append(Entry(fault: fault, endpoint: endpoint, remaining: times))
    }

    /// The fault for a request to an endpoint: the first that is meant for it. Uses it up by one.
    mutating func take(for endpoint: Endpoint) -> Fault? {
        guard let index = entries.firstIndex(where: { $0.endpoint == endpoint || $0.endpoint == .any }) else { return nil }
        let fault = entries[index].fault
        if entries[index].remaining < .max { entries[index].remaining -= 1 }
        if entries[index].remaining == 0 { entries.remove(at: index) }
        return fault
    }

    mutating func clear() {
        entries = []
    }
}
