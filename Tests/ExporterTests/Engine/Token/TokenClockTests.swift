import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

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

    @Test("Set forth by an hour and back again, the token is renewed each time, and its end is right by the clock there is")
    func forthAndBack() async throws {
        let bench = try TokenBench(expiringAfter: 3000)
        bench.transport.tokens(.grant("a2", "r2"), .grant("a3", "r3"))
        try await bench.run {
            try await bench.clock.sleepers(atLeast: 1)
            bench.clock.set(to: SampleStations.now(3600))
            try await bench.token(expiringAfter: 3600 + 10_800)
            try await bench.clock.sleepers(atLeast: 1)
            bench.clock.set(to: SampleStations.now(10))
            try await bench.token(expiringAfter: 10 + 10_800)
            try await bench.clock.sleeper(until: SampleStations.now(10 + 10_200))
        }
        #expect(bench.transport.requests.count == 2)
    }

    @Test(
        "A clock that is set while a request is under way never makes a token seem to live longer than it does",
        arguments: [(-3600.0, -3600.0), (3600, 0), (-86_400, -86_400), (86_400, 0)]
    )
    func duringRequest(jump: TimeInterval, grantedAt: TimeInterval) async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        let gate = Gate()
        bench.transport.tokens(Reply.grant("a2", "r2").held(by: gate), .grant("a3", "r3"))
        try await bench.run {
            try await bench.transport.requests(atLeast: 1)
            bench.clock.set(to: SampleStations.now(jump))
            gate.open()
            try await bench.store.first("the token") {
                $0.events.contains { $0.kind.isRenewal(until: SampleStations.now(grantedAt + 10_800)) }
            }
        }
    }

    @Test("Set back, a token that had expired works again, and whoever waited for one is told")
    func worksAgain() async throws {
        let bench = try TokenBench(expiringAfter: 600)
        bench.transport.tokens(.outage, .outage, .outage, .outage)
        try await bench.run {
            try await bench.clock.sleepers(atLeast: 1)
            bench.clock.set(to: SampleStations.now(700))
            try await bench.store.event("the expiry") { $0 == .tokenExpired }
            #expect(!bench.journal.entries.contains("use"))
            try await bench.clock.sleepers(atLeast: 1)
            bench.clock.set(to: SampleStations.now(0))
            try await bench.transport.requests(atLeast: 3)
            #expect(bench.journal.entries.contains("use"))
        }
    }

    @Test("An ignored token that has not expired by a clock that was set right is used, without a request and with the readings told")
    func ignoredByAWrongClock() async throws {
        let bench = try TokenBench(expiringAfter: -60)
        try await bench.run {
            try await bench.clock.sleeper(until: .afterAnyClock)
            #expect(bench.state == .missing)
            bench.clock.set(to: SampleStations.now(-30))
            try await bench.clock.sleeper(until: .afterAnyClock)
            #expect(bench.state == .missing, "expired by this time too")
            bench.clock.set(to: SampleStations.now(-7200))
            try await bench.store.event("the token") { $0 == .tokenLoaded(until: SampleStations.now(-60)) }
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a1"))
            #expect(bench.state == .valid)
            try await bench.clock.sleeper(until: SampleStations.now(-660))
        }
        #expect(bench.transport.requests.isEmpty)
        #expect(bench.journal.entries.contains("use"))
    }

    @Test("An ignored token that somebody replaced meanwhile is left to whoever watches the file")
    func ignoredAndReplaced() async throws {
        let bench = try TokenBench(expiringAfter: -60)
        try await bench.run {
            try await bench.clock.sleeper(until: .afterAnyClock)
            bench.storage.replace(by: try SampleTokens.file(access: "b1", refresh: "s1", expiry: SampleStations.now(7200)))
            bench.clock.set(to: SampleStations.now(-7200))
            try await bench.clock.sleeper(until: .afterAnyClock)
            #expect(bench.state == .missing)
            await bench.keeper.noticeFileChange()
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("b1"))
        }
        #expect(bench.events.contains(.tokenTakenOver))
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

    @Test(
        "By a clock of any year the keeper waits, renews and tries again as ever",
        arguments: [-62_167_219_200, -1, 64_092_211_201, 250_000_000_000] as [TimeInterval])
    func anyYear(seconds: Double) async throws {
        let now = Date(timeIntervalSince1970: seconds)
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.clock.set(to: now)
        bench.transport.tokens(.oauthError("invalid_grant"), .grant("a2", "r2"))
        try await bench.run {
            try await bench.store.first("the refusal") { $0.token.failures == 1 }
            #expect(bench.state == .missing, "one refusal is no verdict")
            try await bench.clock.sleeper(until: now.addingTimeInterval(10))
            bench.clock.set(to: now.addingTimeInterval(10))
            try await bench.clock.sleeper(until: now.addingTimeInterval(10 + 10_200))
            #expect(bench.state == .valid)
        }
    }

    @Test("By a clock after the year 4000 an ignored token keeps nobody busy")
    func ignoredLate() async throws {
        let now = Date(timeIntervalSince1970: 64_092_211_201)
        let bench = TokenBench(try SampleTokens.file(access: "a1", refresh: "r1", expiry: now.addingTimeInterval(-60)))
        bench.clock.set(to: now)
        try await bench.run {
            try await bench.clock.sleepers(atLeast: 1)
            #expect(await bench.comesToRest())
            #expect(bench.state == .missing)
        }
    }
}

extension Event.Kind {
    fileprivate func isRenewal(until expiry: Date) -> Bool {
        if case .tokenRenewed(let until, _) = self { until == expiry } else { false }
    }
}
