import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem

@Suite("What the engine remembers, as text")
struct EngineMemoryTests {
    private static let statistics: APIStatistics = {
        var statistics = APIStatistics()
        for (number, result) in RequestResult.all.enumerated() {
            statistics.addRefresh(result)
            for endpoint in APIEndpoint.allCases { statistics.add(result, to: endpoint, seconds: Double(number) * 2.5) }
        }
        return statistics
    }()

    private static let memory = EngineMemory(
        events: SampleEvents.kinds.enumerated().map { Event(time: SampleStations.now(Double($0.offset)), kind: $0.element) },
        statistics: statistics,
        requests: RecentRequests(
            (all: [SampleStations.now(-9), SampleStations.now(-2)], data: [SampleStations.now(-2)]), at: SampleStations.now)
    )

    @Test("is the same when it is read again: events of each kind, the counters, the requests")
    func roundTrip() {
        let (memory, problem) = EngineMemory.reading(Self.memory.text)
        #expect(problem == nil)
        #expect(memory.events == Self.memory.events)
        #expect(memory.statistics == Self.statistics)
        #expect(memory.requests == Self.memory.requests)
    }

    @Test("is lines of JSON, the first of which names the form")
    func form() throws {
        let lines = String(decoding: Self.memory.text, as: UTF8.self).split(separator: "\n")
        #expect(lines.first == #"{"form":1}"#)
        #expect(lines.count == 3 + Self.memory.events.count)
        for line in lines { #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) } }
    }

    @Test("has at most 1 MiB: where that is too little the oldest events are left out, and nothing else is")
    func bounded() {
        var memory = Self.memory
        let long = String(repeating: "x", count: 10_000)
        memory.events = (0..<500).map { Event(time: SampleStations.now(Double($0)), kind: .settingDoubtful("\($0) \(long)")) }
        let text = memory.text
        #expect(text.count <= 1 << 20 && text.count > 1_000_000)
        let (kept, problem) = EngineMemory.reading(text)
        #expect(problem == nil)
        #expect(kept.statistics == memory.statistics && kept.requests == memory.requests)
        #expect(kept.events.count > 40 && kept.events == memory.events.suffix(kept.events.count))
    }

    @Test("of which 500 events with all that they can hold have room")
    func room() {
        var memory = Self.memory
        memory.events = (0..<500).map {
            Event(time: SampleStations.now(Double($0)), kind: SampleEvents.kinds[$0 % SampleEvents.kinds.count])
        }
        #expect(memory.text.count < 1 << 19)
        #expect(EngineMemory.reading(memory.text).memory.events == memory.events)
    }

    @Test(
        "of which a damaged line costs no other",
        arguments: [
            ("{\"event\"", "{\"event\u{0}"), ("\"outcome\":", "\"outcome:"), ("\"severity\":\"neutral\"", "\"severity\":\"grave\""),
            ("\"sum", "\"sum"), ("{\"event\":{", "\u{1}\u{2}{"), ("\"time\":\"2026", "\"time\":\"soon"),
        ])
    func damagedLine(_ part: String, _ other: String) throws {
        var text = String(decoding: Self.memory.text, as: UTF8.self)
        let place = try #require(part == "\"sum" ? text.range(of: "{") : text.range(of: part))
        text.replaceSubrange(place, with: other)
        let (memory, problem) = EngineMemory.reading(Array(text.utf8))
        #expect(problem == .damaged(lines: 1))
        #expect(memory.events.count >= Self.memory.events.count - 1)
        #expect(memory.statistics == Self.statistics)
    }

    @Test("of which as much is read as a write that was cut off left", arguments: [1, 12, 500, 3000, 9000])
    func cutOff(length: Int) {
        let (memory, problem) = EngineMemory.reading(Array(Self.memory.text.prefix(length)))
        #expect(problem == .damaged(lines: 1))
        #expect(memory.events == Self.memory.events.suffix(memory.events.count))
    }

    @Test(
        "of which nothing is read where it is another's",
        arguments: [
            ("", nil), ("\n\n", nil), ("{\"form\":2}\n{\"event\":[]}\n", .otherForm), ("\u{0}\u{0}", .damaged(lines: 1)),
            ("[]\nfalse\n{", .damaged(lines: 3)), ("{\"form\":1}\n{\"moon\":{}}\n", nil),
        ] as [(String, MemoryProblem.Cause?)])
    func foreign(_ text: String, _ problem: MemoryProblem.Cause?) {
        let read = EngineMemory.reading(Array(text.utf8))
        #expect(read.problem == problem)
        #expect(read.memory.events.isEmpty && read.memory.statistics == nil && read.memory.requests == nil)
    }

    @Test("of which nothing is read where it is larger than any that is written")
    func tooLarge() {
        let text = Self.memory.text
        let (memory, problem) = EngineMemory.reading(text + Array(repeating: UInt8(ascii: "\n"), count: (1 << 20) + 1 - text.count))
        #expect(problem == .tooLarge(limit: 1 << 20))
        #expect(memory.events.isEmpty)
    }

    @Test(
        "of which counters that no program counts to are left out",
        arguments: [
            #"{"statistics":{"refreshes":{"ok":9223372036854775807},"requests":{}}}"#,
            #"{"statistics":{"refreshes":{"ok":-1},"requests":{}}}"#,
            #"{"statistics":{"refreshes":{},"requests":{"token":{"results":{},"durations":[1,2,3,4,5,6,7,8,9,1e30],"seconds":1}}}}"#,
            #"{"statistics":{"refreshes":{},"requests":{"token":{"results":{},"durations":[0,0,0,0,0,0,0,0,0,0],"seconds":-1}}}}"#,
        ])
    func absurdCounters(_ line: String) {
        let (memory, problem) = EngineMemory.reading(Array("{\"form\":1}\n\(line)\n".utf8))
        #expect(memory.statistics == nil)
        #expect(problem == .damaged(lines: 1))
    }

    @Test("of which what another release counted otherwise is left out")
    func otherCounters() {
        let line = #"""
            {"statistics":{"refreshes":{"ok":3,"eclipse":1},"requests":{"getmoon":{"results":{},"durations":[],"seconds":0},\#
            "token":{"results":{"ok":1},"durations":[1],"seconds":1}}}}
            """#
        let (memory, problem) = EngineMemory.reading(Array("{\"form\":1}\n\(line)\n".utf8))
        #expect(problem == nil)
        #expect(memory.statistics?.refreshes == [.ok: 3])
        #expect(memory.statistics?.requests.isEmpty == true, "ranges that this release does not have")
    }

    @Test("never ends the program that reads it, whatever its bytes are", arguments: 1...4 as ClosedRange<UInt64>)
    func garbage(seed: UInt64) async throws {
        let sample = Array(Self.memory.text.prefix(6000))
        try await onOwnThread {
            var random = SeededGenerator(seed: seed)
            for _ in 0..<300 {
                let bytes = sample.spoiled(most: 20, using: &random)
                let (memory, _) = EngineMemory.reading(bytes)
                let events = EventLog(publisher: SnapshotStore(), logger: CollectedLog().logger)
                events.restore(memory.events)
                _ = memory.statistics?.requests.values.map(\.durations.count)
                let times = memory.requests?.times(now: SampleStations.now, uptime: 1000)
                #expect(times?.all.allSatisfy { $0.timeIntervalSinceReferenceDate <= 1000 } ?? true)
            }
        }
    }
}

extension RecentRequests {
    /// Requests at times of a clock whose uptime is its time, as a ``ManualClock``'s is.
    init(_ requests: (all: [Date], data: [Date]), at now: Date) {
        self.init(requests, now: now, uptime: now.timeIntervalSinceReferenceDate)
    }
}
