import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("Readings and tokens")
struct FetchAndTokenTests {
    private let first = SampleTokens.secret("a1")
    private let second = SampleTokens.secret("a2")

    @Test("A refused access token is replaced once and the fetch tried once more", arguments: [2, 3])
    func replaced(code: Int) async throws {
        let bench = PollerBench()
        bench.tokens.replace(by: .success(second))
        bench.transport.stations(.apiError(403, code: code), .stations)
        try await bench.run {
            try await bench.attempt(at: 0)
            #expect(bench.data.isUp)
            try await bench.clock.sleeper(until: SampleStations.now(480))
        }
        #expect(bench.transport.requests.map(\.accessToken) == [first, second])
        #expect(bench.tokens.refused == [first])
    }

    @Test("Where the new one is refused too it backs off, and does not ask for new tokens every ten seconds")
    func refusedTwice() async throws {
        let bench = PollerBench()
        bench.tokens.replace(by: .success(second), .success(SampleTokens.secret("a3")))
        for _ in 0..<4 { bench.transport.stations(.apiError(403, code: 3)) }
        try await bench.run {
            try await bench.attempt(at: 0)
            #expect(bench.data.lastAttempt?.error?.kind == .unauthorized)
            try await bench.wake(at: 30)
            try await bench.attempt(at: 30)
            try await bench.clock.sleeper(until: SampleStations.now(90))
        }
        #expect(bench.transport.requests.count == 4)
        #expect(bench.tokens.refused == [first, second])
    }

    @Test("Other refusals ask for no new token", arguments: [(403, 13), (403, 26), (429, 11), (404, 404)])
    func otherRefusals(status: Int, code: Int) async throws {
        let bench = PollerBench()
        bench.transport.stations(.apiError(status, code: code))
        try await bench.run { try await bench.attempt(at: 0) }
        #expect(bench.tokens.refused.isEmpty)
        #expect(bench.transport.requests.count == 1)
    }

    @Test("Where the renewal fails the reason is the fetch's")
    func renewalFails() async throws {
        let bench = PollerBench()
        let error = NetatmoError(.invalidGrant, status: 400, code: "invalid_grant")
        bench.tokens.replace(by: .failure(.renewalFailed(error)))
        bench.transport.stations(.stations, .apiError(403, code: 2))
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            #expect(bench.data.lastAttempt?.error == error)
            #expect(bench.data.stations == SampleStations.taken)
        }
    }

    @Test("Without a token it waits, and does not spin; a new one is fetched with at once")
    func waitsForToken() async throws {
        let bench = PollerBench(token: .failure(.state(.missing)))
        bench.transport.stations(.stations)
        try await bench.run {
            try await bench.store.first("the wait") { $0.data.nextFetch == nil && !$0.data.isFetching }
            #expect(await bench.comesToRest())
            #expect(bench.clock.deadlines.isEmpty)
            #expect(bench.events.isEmpty)
            bench.clock.advance(by: .seconds(3))
            bench.tokens.receive("a2")
            bench.wakeUp.ring()
            try await bench.attempt(at: 3)
            #expect(bench.data.isUp)
        }
        #expect(bench.transport.requests.map(\.accessToken) == [second])
    }

    @Test("A new token after a failure is tried at once, in the 10 s that NetAtmo allows")
    func newTokenAfterFailure() async throws {
        let bench = PollerBench()
        bench.transport.stations(.apiError(403, code: 13), .stations)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(30))
            bench.clock.advance(by: .seconds(2))
            bench.tokens.receive("a2")
            bench.wakeUp.ring()
            try await bench.wake(at: 10)
            try await bench.attempt(at: 10)
            #expect(bench.data.isUp)
        }
        #expect(bench.transport.requests.map(\.accessToken) == [first, second])
    }

    @Test("A right that the token lacks is believed once NetAtmo says so twice in a row; until then it asks again soon")
    func wrongScope() async throws {
        let bench = PollerBench()
        let scope = Reply.apiError(403, code: 13)
        bench.transport.stations(scope, .stations, scope, .outage, scope, scope, .stations)
        let doubted = NetatmoError(.refused, status: 403, code: "13", message: "a message of NetAtmo")
        let believed = NetatmoError(.wrongScope, status: 403, code: "13", message: "a message of NetAtmo")
        try await bench.run {
            var time = 0.0
            func fails(with error: NetatmoError, next wait: Double) async throws {
                let next = SampleStations.now(time + wait)
                try await bench.store.event("\(error.kind) at \(time)") { $0 == .dataFailed(error, next: next) }
                #expect(error.description.contains("sign in again") == (error.kind == .wrongScope))
                time += wait
                try await bench.wake(at: time)
            }
            try await fails(with: doubted, next: 30)
            try await bench.attempt(at: 30)
            #expect(bench.data.isUp)
            try await bench.wake(at: 510)
            time = 510
            try await fails(with: doubted, next: 30)
            // An outage in between is no second one in a row.
            try await bench.store.first("the outage") { $0.data.lastAttempt?.error?.kind == .outage }
            let next = try #require(bench.data.nextFetch)
            time = next.timeIntervalSince(SampleStations.now)
            try await bench.wake(at: time)
            try await fails(with: doubted, next: 30)
            try await fails(with: believed, next: 600)
            try await bench.attempt(at: time)
            #expect(bench.data.isUp)
        }
    }

    @Test("A new token while all is well costs no fetch")
    func newTokenAfterSuccess() async throws {
        let bench = PollerBench()
        bench.transport.stations(.stations)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(480))
            bench.clock.advance(by: .seconds(60))
            bench.tokens.receive("a2")
            bench.wakeUp.ring()
            try await bench.clock.sleeper(until: SampleStations.now(480))
            #expect(bench.data.nextFetch == SampleStations.now(480))
        }
        #expect(bench.transport.requests.count == 1)
    }

    @Test("A sign-in while all is well is fetched with at once, since another account may be behind it", arguments: [10.0, 60])
    func signInAfterSuccess(seconds: TimeInterval) async throws {
        let bench = PollerBench()
        bench.transport.stations(.stations, .stations)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(480))
            bench.clock.advance(by: .seconds(seconds))
            bench.tokens.receive("a2", isSignIn: true)
            bench.wakeUp.ring()
            try await bench.attempt(at: seconds)
            try await bench.clock.sleeper(until: SampleStations.now(seconds + 480))
        }
        #expect(bench.transport.requests.map(\.accessToken) == [first, second])
    }

    @Test("A sign-in right after a fetch waits for the 10 s that NetAtmo allows")
    func signInWithinSpacing() async throws {
        let bench = PollerBench()
        bench.transport.stations(.stations, .stations)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(480))
            bench.clock.advance(by: .seconds(4))
            bench.tokens.receive("a2", isSignIn: true)
            bench.wakeUp.ring()
            try await bench.clock.sleeper(until: SampleStations.now(10))
            #expect(bench.transport.requests.count == 1)
            try await bench.wake(at: 10)
            try await bench.attempt(at: 10)
        }
        #expect(bench.transport.requests.map(\.accessToken) == [first, second])
    }

    @Test("A sign-in during a fetch is fetched with after it")
    func signInDuringFetch() async throws {
        let bench = PollerBench()
        let gate = Gate()
        bench.transport.stations(Reply.stations.held(by: gate), .stations)
        try await bench.run {
            try await bench.transport.requests(atLeast: 1)
            bench.tokens.receive("a2", isSignIn: true)
            bench.wakeUp.ring()
            gate.open()
            try await bench.wake(at: 10)
            try await bench.attempt(at: 10)
        }
        #expect(bench.transport.requests.map(\.accessToken) == [first, second])
    }

    @Test("Where the token is lost the readings stay, but are not up any more")
    func lost() async throws {
        let bench = PollerBench()
        bench.transport.stations(.stations)
        try await bench.run {
            try await bench.attempt(at: 0)
            bench.tokens.lose(.state(.expired))
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            #expect(!bench.data.isUp)
            #expect(bench.data.stations == SampleStations.taken)
            #expect(bench.data.nextFetch == nil)
        }
    }
}
