import Foundation
import NetatmoSimulator
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo

@Suite("The whole engine on the simulator")
struct EngineTests {
    @Test("A file with a refresh token alone leads to readings and a complete file, before any scrape")
    func refreshTokenOnly() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly) { bench in
            try await bench.isUp()
            #expect(bench.store.lastScrape == nil)
            #expect(bench.state == .valid)
            let file = try #require(bench.storage.attributes)
            #expect(file.accessToken != nil)
            #expect(file.refreshToken != nil)
            #expect(file.expiry == SampleStations.now(10_800))
            let metrics = try await bench.browser.get(bench.url("/metrics")).body
            #expect(metrics.contains("\nnetatmo_up 1\n"))
            #expect(metrics.contains("\nnetatmo_exporter_token_valid 1\n"))
            #expect(metrics.contains("\nnetatmo_sensor_temperature_celsius{"))
            #expect(await bench.netatmo.mostConcurrentRefreshes == 1)
        }
    }

    @Test("A day of renewals and fetches reuses no token, and asks no more than it has to")
    func aDay() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly) { bench in
            try await bench.isUp()
            // Some thousand steps, each of which waits for its turn beside tests that compute.
            try await bench.sleepThrough(until: "a day later", sleepers: 2, limit: .seconds(240)) {
                ($0.data.lastAttempt?.time ?? .distantPast) >= SampleStations.now(86_400)
            }
            let requests = await bench.netatmo.requests
            #expect(requests.count { $0.usedReplacedToken } == 0)
            // A fetch that crosses a renewal on its way is answered 403, and sent once more with the new token.
            let crossed = requests.count { $0.endpoint == .stationsData && $0.outcome == .answered(status: 403) }
            // As is a request for the rain that came since.
            let crossedRain = requests.count { $0.endpoint == .measure && $0.outcome == .answered(status: 403) }
            let others = requests.filter { $0.outcome != .answered(status: 200) && $0.outcome != .inProgress }
            #expect(others.count == crossed + crossedRain)
            let renewals = requests.count { $0.endpoint == .token }
            #expect((8...10).contains(renewals))
            #expect(crossed <= renewals)
            let fetches = requests.count { $0.endpoint == .stationsData } - crossed
            #expect((144...148).contains(fetches))
            #expect((1...fetches).contains(requests.count { $0.endpoint == .measure } - crossedRain), "one gauge, asked for its rain")
            #expect(await bench.netatmo.mostConcurrentRefreshes == 1)
        }
    }

    @Test(
        "A failing fetch keeps up at 0 and is tried again until it succeeds",
        arguments: [
            (Fault.unavailable, NetatmoError.Kind.outage), (.dropBeforeAnswer, .network), (.truncatedBody, .truncated),
            (.usageReached, .quota),
        ]
    )
    func dataFaults(fault: Fault, kind: NetatmoError.Kind) async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly, faults: [(fault, .stationsData, 2)]) { bench in
            try await bench.store.first("the failure") { $0.data.lastAttempt?.error?.kind == kind }
            #expect(try await bench.browser.get(bench.url("/metrics")).body.contains("\nnetatmo_up 0\n"))
            // Only while the keeper and the poller both sleep: a token must not run out while a fetch is under way.
            try await bench.sleepThrough(until: "readings", sleepers: 2) { $0.data.isUp }
            let failures = bench.events.compactMap { if case .dataFailed(let error, _) = $0 { error.kind } else { nil } }
            // A connection that the simulator dropped, found closed only when it is used again, may be one failure more.
            #expect(failures.count == 2 || (kind == .network && failures.count == 3))
            #expect(failures.allSatisfy { $0 == kind })
        }
    }

    @Test(
        "A failing renewal is tried again until it succeeds, and then the readings come",
        arguments: [(Fault.unavailable, NetatmoError.Kind.outage), (.dropBeforeAnswer, .network), (.invalidGrant, .invalidGrant)]
    )
    func tokenFaults(fault: Fault, kind: NetatmoError.Kind) async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly, faults: [(fault, .token, 3)]) { bench in
            try await bench.store.event("the failure") { if case .renewalFailed(let error, _) = $0 { error.kind == kind } else { false } }
            try await bench.sleepThrough(until: "readings") { $0.data.isUp && $0.token.renewal == .idle }
        }
    }

    @Test("A new pair that got lost on its way ends in rejected, and a sign-in mends it")
    func lostPair() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly, faults: [(.dropAfterWork, .token, 1)]) { bench in
            let file = bench.storage.attributes
            try await bench.sleepThrough(until: "the rejection") { $0.token.state(at: .distantPast) == .rejected }
            #expect(bench.storage.attributes == file, "the file is untouched")
            let token = SampleTokens.secret(await bench.netatmo.issueTokens().refresh)
            _ = try await bench.engine.signIn(pasting: token)
            try await bench.isUp()
            #expect(bench.state == .valid)
        }
    }

    @Test("A revoked token: the readings stay, the renewal is rejected, and a sign-in fetches at once")
    func revoked() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly) { bench in
            try await bench.isUp()
            await bench.netatmo.revokeAll()
            try await bench.sleepThrough(until: "the rejection") { $0.token.state(at: .distantPast) == .rejected && !$0.data.isUp }
            #expect(!bench.store.snapshot.data.stations.isEmpty)
            let token = SampleTokens.secret(await bench.netatmo.issueTokens().refresh)
            _ = try await bench.engine.signIn(pasting: token)
            try await bench.sleepThrough(until: "readings") { $0.data.isUp }
        }
    }

    @Test("The user's wishes reach the keeper and the poller")
    func wishes() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly) { bench in
            try await bench.isUp()
            bench.clock.advance(by: .seconds(20))
            #expect(await bench.engine.requestFetch() == .started)
            try await bench.store.first("the fetch") { $0.data.fetchedAt == SampleStations.now(20) }
            #expect(await bench.engine.requestFetch() == .heldBack(until: SampleStations.now(30)))
            #expect(await bench.engine.requestRenewal() == .started)
            try await bench.store.first("the renewal") { $0.token.expiry == SampleStations.now(10_820) }
        }
    }
}
