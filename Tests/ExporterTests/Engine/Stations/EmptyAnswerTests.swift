import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("An answer without stations")
struct EmptyAnswerTests {
    @Test("where there were some keeps the readings, says so, and is no error")
    func kept() async throws {
        let bench = PollerBench()
        bench.transport.stations(.stations, .noStations, .stations)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            #expect(bench.data.stations == SampleStations.taken)
            #expect(bench.data.fetchedAt == SampleStations.now, "they are as old as they are")
            #expect(bench.data.isUp)
            try await bench.store.event("the word") { $0 == .dataKept(until: SampleStations.now(3600)) }
            try await bench.wake(at: 960)
            try await bench.attempt(at: 960)
            #expect(bench.data.fetchedAt == SampleStations.now(960))
        }
    }

    @Test("is believed once the readings are as old as stale ones")
    func believed() async throws {
        let bench = PollerBench()
        bench.transport.stations(.stations)
        for _ in 0..<8 { bench.transport.stations(.noStations) }
        try await bench.run {
            try await bench.attempt(at: 0)
            for fetch in 1...8 {
                try await bench.wake(at: Double(fetch) * 480)
                try await bench.attempt(at: Double(fetch) * 480)
                #expect(bench.data.stations.isEmpty == (fetch == 8))
            }
        }
    }

    @Test("is not believed in the last moment of the age that makes readings stale, and believed in the next", arguments: [0.0, 0.5])
    func lastMoment(after seconds: TimeInterval) async throws {
        let bench = PollerBench()
        bench.transport.stations(.stations, .noStations)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(480))
            bench.clock.set(to: SampleStations.now(3600 + seconds))
            try await bench.attempt(at: 3600 + seconds)
            #expect(bench.data.stations.isEmpty == (seconds > 0))
        }
    }

    @Test("is believed at once where there were none, and after a sign-in, which may be of another account")
    func otherAccount() async throws {
        let bench = PollerBench()
        bench.transport.stations(.noStations, .stations, .noStations)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.store.event("no modules") { $0 == .dataFetched(modules: 0, took: .zero) }
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            bench.tokens.receive("b1", isSignIn: true)
            bench.clock.advance(by: .seconds(20))
            bench.wakeUp.ring()
            try await bench.attempt(at: 500)
            #expect(bench.data.stations.isEmpty)
        }
    }
}

extension Reply {
    /// NetAtmo's word that the account has no station.
    fileprivate static var noStations: Reply { .status(200, #"{"body":{"devices":[]},"status":"ok"}"#) }
}
