import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("Requests of runs before this one")
struct RecentRequestsTests {
    /// What happened between the run that remembers and the one that reads.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// How much time really passed, in seconds.
        let passed: TimeInterval
        /// How much the clock was set forward, or back.
        var setBy: TimeInterval = 0
        /// The machine's uptime at the later run; `nil` where it ran on.
        var uptime: TimeInterval?
        /// How long ago the requests, which were just made, are taken to be.
        let age: TimeInterval
    }

    private static let cases = [
        Case(testDescription: "at once", passed: 0, age: 0),
        Case(testDescription: "ten minutes later", passed: 600, age: 600),
        Case(testDescription: "a day later", passed: 86_400, age: 86_400),
        Case(testDescription: "the clock set forward by a day", passed: 60, setBy: 86_400, age: 60),
        Case(testDescription: "the clock set back by a day", passed: 60, setBy: -86_400, age: 0),
        Case(testDescription: "the clock set back by less than passed", passed: 600, setBy: -60, age: 540),
        Case(testDescription: "the machine started anew", passed: 600, uptime: 300, age: 300),
        Case(
            testDescription: "started anew, the clock wrong by years until a time server is asked", passed: 600, setBy: -1e9, uptime: 5,
            age: 0),
        Case(testDescription: "started anew, the clock set forward", passed: 90, setBy: 86_400, uptime: 30, age: 30),
        Case(testDescription: "another machine, which runs for longer", passed: 120, uptime: 9e6, age: 120),
    ]

    private let uptime: TimeInterval = 50_000

    private func again(_ requests: RecentRequests) throws -> RecentRequests {
        try JSONDecoder.status().decode(RecentRequests.self, from: JSONEncoder.complete().encode(requests))
    }

    @Test("are never taken to be longer ago than they are, whatever the clocks did", arguments: cases)
    func age(_ between: Case) throws {
        let just = Date(timeIntervalSinceReferenceDate: uptime)
        let requests = try again(RecentRequests((all: [just], data: []), now: SampleStations.now, uptime: uptime))
        let later = between.uptime ?? uptime + between.passed
        let times = requests.times(now: SampleStations.now(between.passed + between.setBy), uptime: later)
        let age = try #require(times.all.first).timeIntervalSinceReferenceDate
        #expect(abs(later - age - between.age) < 0.01)
        #expect(between.age <= between.passed)
        #expect(times.data.isEmpty)
    }

    @Test("keep their distances, and which of them are for data")
    func distances() throws {
        let times = [-3000.0, -40.25, -2].map { Date(timeIntervalSinceReferenceDate: uptime + $0) }
        let requests = try again(RecentRequests((all: times, data: [times[1]]), now: SampleStations.now, uptime: uptime))
        let later = requests.times(now: SampleStations.now(10), uptime: uptime + 10)
        #expect(later.all.map { ($0.timeIntervalSinceReferenceDate - uptime).rounded() } == [-3000, -40, -2])
        #expect(later.data == [later.all[1]])
    }

    @Test(
        "leave no room that NetAtmo does not give, over a hundred restarts with clocks that jump; and block nothing for longer than an hour",
        arguments: 0..<20 as Range<UInt64>)
    func neverMore(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        // Real time, and what the clocks are ahead of it.
        var (time, wall, monotonic) = (1e6, 0.0, 0.0)
        var went: [Double] = []
        var remembered: RecentRequests?
        for _ in 0..<100 {
            let times = remembered?.times(now: SampleStations.now(time + wall), uptime: time + monotonic)
            var quota = RequestQuota(RequestLimits(all: [.init(count: 20, seconds: 3600)]))
            quota.add(all: times?.all ?? [], data: times?.data ?? [])
            let now = { Date(timeIntervalSinceReferenceDate: time + monotonic) }
            if case .refuse(let until) = quota.admit(.data, at: now()) {
                #expect(until.timeIntervalSince(now()) <= 3600)
            } else {
                went.append(time)
            }
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                time += .random(in: 0...60, using: &random)
                if quota.admit(.token, at: now()) == .go { went.append(time) }
            }
            remembered = try again(RecentRequests(quota.requests, now: SampleStations.now(time + wall), uptime: time + monotonic))
            time += .random(in: 0...300, using: &random)
            if Int.random(in: 0..<4, using: &random) == 0 { wall += .random(in: -1e5...1e5, using: &random) }
            // The machine starts anew: its uptime is what passed since, of the time that just went by.
            if Int.random(in: 0..<4, using: &random) == 0 { monotonic = -time + .random(in: 0...0.01, using: &random) }
        }
        #expect(went.count > 100, "and what is allowed goes")
        let most = went.indices.map { index in went[index...].prefix(21).count { $0 - went[index] < 3599.9 } }.max()
        #expect(most == 20, "in an hour")
    }

    @Test("are not believed where the file is absurd: they are bounded, in the past, and of no kind of harm")
    func absurd() throws {
        let ages = String(repeating: "-1e300,1e300,", count: 2000)
        for uptime in ["1e300", "-1e300", "0"] {
            let json = #"{"now":"9999-12-31T23:59:59Z","uptime":\#(uptime),"all":[\#(ages)5],"data":[5]}"#
            let requests = try JSONDecoder.status().decode(RecentRequests.self, from: Data(json.utf8))
            let times = requests.times(now: SampleStations.now, uptime: 1000)
            #expect(times.all.count == 1000)
            #expect(times.all.allSatisfy { $0.timeIntervalSinceReferenceDate <= 1000 })
            var quota = RequestQuota(.netatmo)
            quota.add(all: times.all, data: times.data)
            _ = quota.admit(.data, at: Date(timeIntervalSinceReferenceDate: 1000))
            #expect(quota.admit(.data, at: Date(timeIntervalSinceReferenceDate: 1000 + 3600.1)) == .go)
        }
    }
}
