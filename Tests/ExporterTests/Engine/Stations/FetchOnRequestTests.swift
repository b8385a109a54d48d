import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("Fetching on request")
struct FetchOnRequestTests {
    @Test("It comes at once where the last one is 10 s ago")
    func atOnce() async throws {
        let bench = PollerBench()
        bench.transport.stations(.stations, .stations)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(480))
            bench.clock.advance(by: .seconds(10))
            #expect(await bench.poller.requestFetch() == .started)
            try await bench.attempt(at: 10)
            #expect(bench.data.nextFetch == SampleStations.now(490))
        }
    }

    @Test("Within 10 s of the last one it is held back, and the history says so once")
    func heldBack() async throws {
        let bench = PollerBench()
        bench.transport.stations(.stations, .stations)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(480))
            bench.clock.advance(by: .seconds(4))
            #expect(await bench.poller.requestFetch() == .heldBack(until: SampleStations.now(10)))
            #expect(await bench.poller.requestFetch() == .heldBack(until: SampleStations.now(10)))
            #expect(bench.data.nextFetch == SampleStations.now(10))
            try await bench.wake(at: 10)
            try await bench.attempt(at: 10)
        }
        #expect(bench.events.count { $0 == .dataHeldBack(until: SampleStations.now(10)) } == 1)
        #expect(bench.transport.requests.count == 2)
    }

    @Test("While one is under way a second one is not begun")
    func underWay() async throws {
        let bench = PollerBench()
        let gate = Gate()
        bench.transport.stations(Reply.stations.held(by: gate))
        try await bench.run {
            try await bench.transport.requests(atLeast: 1)
            #expect(await bench.poller.requestFetch() == .alreadyUnderWay)
            gate.open()
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(480))
        }
        #expect(bench.transport.requests.count == 1)
    }

    @Test("It cuts a back-off short, but not the 10 s")
    func duringBackoff() async throws {
        let bench = PollerBench()
        bench.transport.stations(.outage, .stations)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(30))
            bench.clock.advance(by: .seconds(15))
            #expect(await bench.poller.requestFetch() == .started)
            try await bench.attempt(at: 15)
            #expect(bench.data.isUp)
        }
    }

    @Test("What NetAtmo asks to wait is waited, by whoever wants readings; a sign-in ends it, since the account may be another")
    func askedToWait() async throws {
        let bench = PollerBench()
        bench.transport.stations(.apiError(403, code: 26), .stations)
        // With its jitter.
        let hour = SampleStations.now(3600 * (1 + 0.2 * 0.5))
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: hour)
            bench.clock.advance(by: .seconds(60))
            #expect(await bench.poller.requestFetch() == .heldBack(until: hour))
            bench.tokens.receive("a2")
            bench.wakeUp.ring()
            try await bench.clock.sleeper(until: hour)
            #expect(bench.data.nextFetch == hour)
            bench.tokens.receive("b1", isSignIn: true)
            bench.wakeUp.ring()
            try await bench.attempt(at: 60)
            #expect(bench.data.isUp)
        }
    }

    @Test("After a rejection it works as long as the access token does")
    func rejected() async throws {
        let bench = PollerBench()
        bench.transport.stations(.stations, .stations)
        let possession = TokenStatus.Possession.rejected(NetatmoError(.invalidGrant), expiry: SampleStations.now(60))
        bench.tokens.status = TokenStatus(possession: possession)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(480))
            bench.clock.advance(by: .seconds(59))
            #expect(await bench.poller.requestFetch() == .started)
            try await bench.attempt(at: 59)
            bench.clock.advance(by: .seconds(1))
            #expect(await bench.poller.requestFetch() == .noToken)
        }
    }

    @Test("Without a token there is nothing to fetch with", arguments: [TokenStatus.State.missing, .expired])
    func noToken(state: TokenStatus.State) async throws {
        let bench = PollerBench(token: .failure(.state(state)))
        try await bench.run {
            #expect(await bench.poller.requestFetch() == .noToken)
        }
        #expect(bench.transport.requests.isEmpty)
    }
}
