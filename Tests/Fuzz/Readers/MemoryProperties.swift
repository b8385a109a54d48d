import FoundationEssentials

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo

/// Whatever the files hold that the engine remembers things in: it is read, or left out with one line that says so, and what was read
/// can be worked with, written and read again the same.
enum MemoryProperties {
    /// 23 November 2026, 20:17:52 UTC.
    private static let now = Date(timeIntervalSince1970: 1_795_465_072)
    private static let uptime = 1000.0

    /// Events, counters and requests.
    static func check(history bytes: [UInt8]) throws(Violation) {
        let (memory, problem) = EngineMemory.reading(bytes)
        try check(problem)
        for event in memory.events { _ = event.line { "\($0.timeIntervalSince1970)" } }
        for counted in (memory.statistics?.requests ?? [:]).values {
            let counts = counted.durations.cumulativeCounts.map(\.count)
            try require(zip([0] + counts, counts).allSatisfy { $0 <= $1 }, "counters that fall")
        }
        if let requests = memory.requests { try check(requests) }
        let written = memory.text
        try require(written.count <= EngineMemory.limit, "more than there is room for")
        let (again, damage) = EngineMemory.reading(written)
        try require(damage == nil, "what was written can't be read")
        try require(again.statistics == memory.statistics, "other counters")
        try require(again.events.count == memory.events.count, "other events")
        try require(counting(again.requests) == counting(memory.requests), "other requests that count")
    }

    /// When the requests of the last hour were.
    private static func counting(_ requests: RecentRequests?) -> [Date]? {
        requests?.times(now: now, uptime: uptime).all.filter { uptime - $0.timeIntervalSinceReferenceDate < 3600 }
    }

    private static func check(_ requests: RecentRequests) throws(Violation) {
        let times = requests.times(now: now, uptime: uptime)
        let latest = Date(timeIntervalSinceReferenceDate: uptime)
        try require(times.all.count <= 1000 && times.data.count <= 1000, "requests without end")
        try require((times.all + times.data).allSatisfy { $0 <= latest }, "a request of the future")
        var quota = RequestQuota(.netatmo)
        quota.add(all: times.all, data: times.data)
        for purpose in [NetatmoRequest.Purpose.token, .data, .history] {
            switch quota.admit(purpose, at: latest) {
            case .go: break
            case .wait(let time), .refuse(let time):
                try require(time > latest && time.timeIntervalSince(latest) <= 3600, "a wait until \(time)")
            }
        }
    }

    /// Curves.
    static func check(charts bytes: [UInt8]) throws(Violation) {
        let (histories, problem) = MemoryLines.lines(KeptHistory.self, in: bytes, limit: EngineMemory.limit)
        try check(problem)
        for kept in histories {
            try require(
                kept.subject.measures == kept.history.measures && kept.history.count <= 4096, "other measures, or times without end")
            for measure in kept.subject.measures {
                let points = kept.history.points(of: measure)
                try require(points.allSatisfy { $0.value?.isFinite ?? true }, "a measure that is no number")
                try require(zip(points, points.dropFirst()).allSatisfy { $0.time < $1.time }, "times that do not rise")
            }
        }
        let written = MemoryLines.text(of: histories, limit: EngineMemory.limit)
        let (again, damage) = MemoryLines.lines(KeptHistory.self, in: written, limit: EngineMemory.limit)
        try require(damage == nil && again.count == histories.count, "what was written can't be read")
        for (one, other) in zip(histories, again) {
            try require(one.subject == other.subject, "another subject")
            for measure in one.subject.measures {
                try require(one.history.points(of: measure) == other.history.points(of: measure), "another curve")
            }
        }
    }

    private static func check(_ problem: MemoryProblem.Cause?) throws(Violation) {
        guard let problem else { return }
        try requireOneLine(MemoryProblem(file: "token.json.history", cause: problem).text)
    }
}
