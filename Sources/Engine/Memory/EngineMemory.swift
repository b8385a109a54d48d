import EngineAPI

/// What the engine remembers over restarts, beside the curves. No secret is in it: events and counters never hold one.
struct EngineMemory: Sendable {
    var events: [Event] = []
    var statistics: APIStatistics?
    var requests: RecentRequests?
    var rain: [RainCount] = []

    /// In bytes, of each file that the engine remembers something in.
    static let limit = 1 << 20
}

// MARK: - As text

extension EngineMemory {
    /// One of these, under its name; what a later release may put under another is not looked at.
    private struct Line: Codable {
        var requests: RecentRequests?
        var statistics: APIStatistics?
        var rain: RainCount?
        var event: EventRecord?
    }

    /// The latest first, since where there is no room for all it is the oldest that are left out.
    var text: [UInt8] {
        let events = events.reversed().map { Line(event: EventRecord($0)) }
        let counters = [Line(requests: requests), Line(statistics: statistics)] + rain.map { Line(rain: $0) }
        return MemoryLines.text(of: counters + events, limit: Self.limit)
    }

    /// Reads what there is of it.
    static func reading(_ text: [UInt8]) -> (memory: EngineMemory, problem: MemoryProblem.Cause?) {
        let (lines, problem) = MemoryLines.lines(Line.self, in: text, limit: limit)
        let memory = EngineMemory(
            events: lines.reversed().compactMap { $0.event?.event }, statistics: lines.lazy.compactMap(\.statistics).first,
            requests: lines.lazy.compactMap(\.requests).first, rain: lines.compactMap(\.rain)
        )
        return (memory, problem)
    }
}
