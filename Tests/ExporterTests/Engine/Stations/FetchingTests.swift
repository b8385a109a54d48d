import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo

@Suite("Fetching the readings")
struct FetchingTests {
    @Test("The first fetch comes at once, the next ones at each interval")
    func interval() async throws {
        let bench = PollerBench()
        bench.transport.stations(.stations, .stations, .stations)
        try await bench.run {
            try await bench.attempt(at: 0)
            #expect(bench.data.stations == SampleStations.taken)
            #expect(bench.data.fetchedAt == SampleStations.now)
            #expect(bench.data.isUp)
            #expect(bench.data.nextFetch == SampleStations.now(480))
            try await bench.store.event("the fetch") { $0 == .dataFetched(modules: 7, took: .zero) }
            #expect(bench.events == [.dataFetched(modules: 7, took: .zero)])
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            try await bench.wake(at: 960)
            try await bench.attempt(at: 960)
        }
        #expect(bench.transport.requests.count == 3)
        #expect(bench.transport.requests.allSatisfy { $0.accessToken == SampleTokens.secret("a1") })
    }

    @Test("The interval runs from the start of a fetch, however long it takes; the duration is told")
    func slow() async throws {
        let bench = PollerBench()
        let gate = Gate()
        bench.transport.stations(Reply.stations.held(by: gate))
        try await bench.run {
            try await bench.transport.requests(atLeast: 1)
            #expect(bench.data.isFetching)
            bench.clock.advance(by: .seconds(3))
            gate.open()
            try await bench.attempt(at: 0)
            #expect(bench.data.lastAttempt?.duration == .seconds(3))
            #expect(bench.data.fetchedAt == SampleStations.now(3))
            #expect(bench.data.nextFetch == SampleStations.now(480))
        }
    }

    @Test("A clock that is set back during a fetch does not put the next one off")
    func clockSetBackMeanwhile() async throws {
        let bench = PollerBench()
        let gate = Gate()
        bench.transport.stations(Reply.stations.held(by: gate))
        try await bench.run {
            try await bench.transport.requests(atLeast: 1)
            bench.clock.set(to: SampleStations.now(-3600))
            gate.open()
            try await bench.store.first("the readings") { $0.data.isUp && !$0.data.isFetching }
            #expect(bench.data.nextFetch == SampleStations.now(-3600 + 480))
        }
    }

    @Test("A failure keeps the last readings, says why and when next, and the waits grow")
    func failure() async throws {
        let bench = PollerBench()
        bench.transport.stations(.stations, .outage, .failure(NetatmoError(.timeout)), .stations, .outage)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            #expect(!bench.data.isUp)
            #expect(bench.data.stations == SampleStations.taken)
            #expect(bench.data.fetchedAt == SampleStations.now)
            let error = NetatmoError(.outage, status: 503, message: "HTML in place of JSON")
            #expect(bench.data.lastAttempt?.error == error)
            try await bench.told(.dataFailed(error, next: SampleStations.now(510)))
            try await bench.wake(at: 510)
            try await bench.attempt(at: 510)
            try await bench.told(.dataFailed(NetatmoError(.timeout), next: SampleStations.now(570)))
            try await bench.wake(at: 570)
            try await bench.attempt(at: 570)
            #expect(bench.data.isUp)
            try await bench.wake(at: 1050)
            try await bench.attempt(at: 1050)
            #expect(bench.data.nextFetch == SampleStations.now(1080), "a success begins the series anew")
        }
        #expect(bench.log.lines.contains { $0.hasPrefix("error data failed: next try at 2026-11-23T17:27:35Z: no answer in time") })
    }

    @Test("The longest wait is the interval, the shortest 10 s", arguments: [(9, 480.0), (1, 30)])
    func bounds(failures: Int, wait: TimeInterval) async throws {
        let bench = PollerBench()
        for _ in 0..<failures { bench.transport.stations(.outage) }
        try await bench.run {
            var time = 0.0
            for failure in 1...failures {
                try await bench.attempt(at: time)
                let next = time + min(30 * pow(2, Double(failure - 1)), 480)
                if failure == failures {
                    #expect(bench.data.nextFetch == SampleStations.now(time + wait))
                } else {
                    try await bench.wake(at: next)
                    time = next
                }
            }
        }
    }

    @Test("Retry-After is kept to")
    func retryAfter() async throws {
        let bench = PollerBench()
        bench.transport.stations(.apiError(429, code: 11, retryAfter: .seconds(120)))
        try await bench.run {
            try await bench.attempt(at: 0)
            #expect(bench.data.lastAttempt?.error?.kind == .busy)
            #expect(bench.data.nextFetch == SampleStations.now(126), "with its jitter")
        }
    }

    @Test("A used-up quota waits an hour at least")
    func quota() async throws {
        let bench = PollerBench()
        bench.transport.stations(.apiError(403, code: 26))
        try await bench.run {
            try await bench.attempt(at: 0)
            let next = try #require(bench.data.nextFetch)
            #expect(abs(next.timeIntervalSince(SampleStations.now(3960))) < 0.001, "an hour and its jitter")
        }
    }

    @Test("An empty list of stations is no failure")
    func noStations() async throws {
        let bench = PollerBench()
        bench.transport.stations(.status(200, #"{"body":{"devices":[]}}"#))
        try await bench.run {
            try await bench.attempt(at: 0)
            #expect(bench.data.isUp)
            try await bench.told(.dataFetched(modules: 0, took: .zero))
            #expect(bench.events.count == 1)
        }
    }

    @Test("A clock set back fetches soon, not hours later; one that jumped ahead fetches once", arguments: [-3600.0, 86_400])
    func clockJumps(seconds: TimeInterval) async throws {
        let bench = PollerBench()
        bench.transport.stations(.stations, .stations)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(480))
            bench.clock.set(to: SampleStations.now(seconds))
            if seconds < 0 { try await bench.wake(at: seconds + 10) }
            let attempt = seconds < 0 ? seconds + 10 : seconds
            try await bench.attempt(at: attempt)
            try await bench.clock.sleeper(until: SampleStations.now(attempt + 480))
        }
        #expect(bench.transport.requests.count == 2)
    }

    @Test("A fetch that is under way at shutdown is given up, and is no failure")
    func shutdown() async throws {
        let bench = PollerBench()
        bench.transport.stations(Reply.stations.held(by: Gate()))
        try await bench.run { try await bench.transport.requests(atLeast: 1) }
        #expect(!bench.data.isFetching)
        #expect(bench.events.isEmpty)
        #expect(bench.data.lastAttempt == nil)
    }
}

@Suite("Fetching in the stations' rhythm")
struct FetchingInRhythmTests {
    @Test("Once the rhythm is known, the next fetch waits for the next upload, also after a failure; the clock set back begins anew")
    func rhythm() async throws {
        let bench = PollerBench()
        // Uploads are at -240, 360, 960 and so on.
        let learning: [(time: Double, measured: Double)] = [(0, -240), (480, 360), (960, 360), (1440, 960)]
        for fetch in learning { bench.transport.stations(.measured(at: fetch.measured)) }
        bench.transport.stations(
            .measured(at: 1560), .measured(at: 2760), .outage, .measured(at: 3360), .measured(at: 3360)
        )
        try await bench.run {
            for fetch in learning {
                try await bench.attempt(at: fetch.time)
                #expect(bench.data.nextFetch == SampleStations.now(fetch.time + 480))
                try await bench.wake(at: fetch.time + 480)
            }
            for (fetch, next) in [(1920.0, 2790.0), (2790, 3390), (3390, 3420), (3420, 3990)] {
                try await bench.attempt(at: fetch)
                #expect(bench.data.nextFetch == SampleStations.now(next))
                guard next < 3990 else { break }
                try await bench.wake(at: next)
            }
            try await bench.clock.sleeper(until: SampleStations.now(3990))
            bench.clock.set(to: SampleStations.now(2000))
            try await bench.wake(at: 2010)
            try await bench.attempt(at: 2010)
            #expect(bench.data.nextFetch == SampleStations.now(2490))
        }
        #expect(bench.transport.requests.count == 9)
    }
}

extension Reply {
    /// A station with one module, measured so many seconds after the bench's start.
    fileprivate static func measured(at seconds: TimeInterval) -> Reply {
        .status(200, SampleStations.json(baseNamed: "Stue", measuredAt: SampleStations.now(seconds)))
    }
}
