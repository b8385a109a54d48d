import Foundation
import Netatmo
import Testing
import TestSupport

@testable import Exporter

@Suite("A clock that jumps")
struct TokenClockTests {
    @Test(
        "A jump past the renewal renews at once: a set clock, or a laptop that slept past the expiry",
        arguments: [6600.0, 7199, 7200, 86_400, 2_592_000]
    )
    func forward(seconds: TimeInterval) async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run {
            try await bench.clock.sleepers(atLeast: 1)
            bench.clock.set(to: SampleStations.now(seconds))
            try await bench.token(expiringAfter: seconds + 10_800)
            #expect(bench.state == .valid)
        }
        #expect(bench.transport.requests.count == 1)
    }

    @Test("Waking up past the expiry, a renewal that succeeds is no expiry", arguments: [7200.0, 86_400])
    func lateAndRenewed(seconds: TimeInterval) async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run {
            try await bench.clock.sleepers(atLeast: 1)
            bench.clock.set(to: SampleStations.now(seconds))
            try await bench.token(expiringAfter: seconds + 10_800)
            try await bench.clock.sleeper(until: SampleStations.now(seconds + 10_200))
        }
        #expect(!bench.events.contains(.tokenExpired))
    }

    @Test("Waking up past the expiry, a renewal that fails is one, told once", arguments: [7200.0, 86_400])
    func lateAndFailed(seconds: TimeInterval) async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.transport.tokens(.outage, .outage)
        try await bench.run {
            try await bench.clock.sleepers(atLeast: 1)
            bench.clock.set(to: SampleStations.now(seconds))
            for wait in [5.0, 15] {
                try await bench.clock.sleeper(until: SampleStations.now(seconds + wait))
                #expect(bench.events.count { $0 == .tokenExpired } == 1)
                #expect(bench.state == .expired)
                bench.clock.set(to: SampleStations.now(seconds + wait))
            }
        }
        #expect(bench.events.count { $0 == .tokenExpired } == 1)
    }

    @Test("A jump back renews at once, since nobody knows how much of the token's life is over", arguments: [-3600.0, -86_400])
    func back(seconds: TimeInterval) async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run {
            try await bench.clock.sleepers(atLeast: 1)
            bench.clock.set(to: SampleStations.now(seconds))
            try await bench.token(expiringAfter: seconds + 10_800)
            try await bench.clock.sleeper(until: SampleStations.now(seconds + 10_200))
        }
        #expect(bench.transport.requests.count == 1)
    }

    @Test("A jump back leaves a token alone that can't be renewed")
    func backWithoutRefreshToken() async throws {
        let bench = try TokenBench(expiringAfter: 7200, refresh: nil)
        try await bench.run {
            try await bench.clock.sleepers(atLeast: 1)
            bench.clock.set(to: SampleStations.now(-3600))
            try await bench.clock.sleeper(until: SampleStations.now(7200))
            #expect(bench.state == .expiring)
        }
        #expect(bench.transport.requests.isEmpty)
    }
}
