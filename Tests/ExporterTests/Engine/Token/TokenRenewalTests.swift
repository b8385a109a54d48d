import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo

@Suite("Renewing the token")
struct TokenRenewalTests {
    @Test("It comes ten minutes before the expiry, and again before the new one")
    func inTime() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.transport.tokens(.grant("a2", "r2"), .grant("a3", "r3", seconds: 100), .grant("a4", "r4"))
        try await bench.run {
            try await bench.clock.sleeper(until: SampleStations.now(6600))
            bench.clock.set(to: SampleStations.now(6599))
            #expect(bench.transport.requests.isEmpty)
            bench.clock.set(to: SampleStations.now(6600))
            try await bench.token(expiringAfter: 6600 + 10_800)
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a2"))
            #expect(try await bench.sleepThrough() == SampleStations.now(6600 + 10_200))
            try await bench.token(expiringAfter: 16_800 + 100)
            #expect(try await bench.sleepThrough() == SampleStations.now(16_800 + 90))
            try await bench.token(expiringAfter: 16_890 + 10_800)
        }
        #expect(bench.transport.tokenRequests.map { $0.form["refresh_token"] } == ["r1", "r2", "r3"].map(SampleTokens.secret))
    }

    @Test("The new token is written before anybody uses it")
    func writtenFirst() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        let gate = Gate()
        bench.transport.tokens(Reply.grant("a2", "r2").held(by: gate))
        try await bench.run {
            try await bench.transport.requests(atLeast: 1)
            #expect(bench.state == .renewing)
            async let token = bench.keeper.accessToken()
            gate.open()
            #expect(try await token == SampleTokens.secret("a2"))
            #expect(bench.journal.entries.prefix(3) == ["/oauth2/token refresh_token", "write", "use"])
        }
    }

    @Test("Where it fails the token is expiring, then expired; the tries go on with longer waits until one succeeds")
    func failing() async throws {
        let bench = try TokenBench(expiringAfter: 610)
        bench.transport.tokens(.outage, .outage, .outage, .outage, .outage, .outage, .outage, .outage, .outage, .grant("a2", "r2"))
        try await bench.run {
            #expect(try await bench.sleepThrough() == SampleStations.now(10))
            var time = 10.0
            for (index, wait) in [5.0, 10, 20, 40, 80, 160].enumerated() {
                try await bench.store.first("failure \(index + 1)") { $0.token.failures == index + 1 }
                #expect(bench.state == .expiring)
                #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a1"), "it works as long as it lives")
                time += wait
                try await bench.clock.sleeper(until: SampleStations.now(min(time, 610)))
                bench.clock.set(to: SampleStations.now(time))
            }
            try await bench.store.first("failure 7") { $0.token.failures == 7 }
            // 325 s are over; the next try is due at 625 s, but the keeper wakes at the expiry to tell it.
            try await bench.clock.sleeper(until: SampleStations.now(610))
            bench.clock.set(to: SampleStations.now(610))
            try await bench.store.event("the expiry") { $0 == .tokenExpired }
            #expect(bench.state == .expired)
            for wait in [625.0, 925] {
                try await bench.clock.sleeper(until: SampleStations.now(wait))
                bench.clock.set(to: SampleStations.now(wait))
            }
            try await bench.clock.sleeper(until: SampleStations.now(1225))
            bench.clock.set(to: SampleStations.now(1225))
            try await bench.token(expiringAfter: 1225 + 10_800)
            #expect(bench.state == .valid)
        }
        #expect(bench.events.count { $0 == .tokenExpired } == 1)
        #expect(Set(bench.transport.tokenRequests.map { $0.form["refresh_token"] }) == [SampleTokens.secret("r1")])
    }

    @Test("The event of a failure says why and when the next try comes")
    func failureEvent() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.transport.tokens(.status(503, "", retryAfter: .seconds(90)))
        try await bench.run {
            let error = NetatmoError(.outage, status: 503, message: "empty body", retryAfter: .seconds(90))
            try await bench.store.event("the failure") { $0 == .renewalFailed(error, next: SampleStations.now(94.5)) }
            try await bench.clock.sleeper(until: SampleStations.now(94.5))
        }
    }

    @Test("invalid_grant is tried for two minutes, then the token is rejected and the file untouched")
    func invalidGrant() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1")) { _ throws(NetatmoError) in try Reply.oauthError("invalid_grant").now()
        }
        let file = bench.storage.attributes
        try await bench.run {
            for time in [10.0, 45, 120] {
                try await bench.clock.sleeper(until: SampleStations.now(time))
                bench.clock.set(to: SampleStations.now(time))
            }
            try await bench.store.first("the rejection") { $0.token.state(at: SampleStations.now) == .rejected }
            #expect(await bench.comesToRest())
            #expect(bench.clock.deadlines.isEmpty, "nothing is tried any more")
        }
        #expect(bench.transport.tokenRequests.count == 4)
        #expect(bench.events.last == .tokenRejected(NetatmoError(.invalidGrant, status: 400, code: "invalid_grant")))
        #expect(bench.storage.writeAttempts == 0)
        #expect(bench.storage.attributes == file)
    }

    @Test("One invalid_grant among outages is no rejection, and a success forgets it")
    func passingRefusal() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.transport.tokens(.oauthError("invalid_grant"), .outage, .oauthError("invalid_grant"), .grant("a2", "r2", seconds: 100))
        bench.transport.tokens(.oauthError("invalid_grant"), .oauthError("invalid_grant"), .oauthError("invalid_grant"), .grant("a3", "r3"))
        try await bench.run {
            try await bench.sleepThrough(until: "the second new token") { snapshot in
                snapshot.events.count { if case .tokenRenewed = $0.kind { true } else { false } } == 2
            }
        }
        #expect(!bench.events.contains { if case .tokenRejected = $0 { true } else { false } })
    }

    @Test(
        "Four refusals scattered over an outage of two hours are no rejection",
        arguments: [
            Reply.outage, .status(502), .status(404, "<html></html>"), .failure(NetatmoError(.timeout)), .failure(NetatmoError(.network)),
            .failure(NetatmoError(.connectTimeout)), .failure(NetatmoError(.truncated)), .status(429, #"{"error":{"code":11}}"#),
        ]
    )
    func scatteredRefusals(trouble: Reply) async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        for _ in 0..<6 {
            bench.transport.tokens(.oauthError("invalid_grant"), trouble, trouble, trouble, trouble)
        }
        for _ in 0..<3 { bench.transport.tokens(.oauthError("invalid_grant")) }
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run {
            try await bench.sleepThrough(until: "the new token") { $0.token.expiry != nil }
            #expect(bench.clock.now.timeIntervalSince(SampleStations.now) > 3600)
        }
        #expect(!bench.events.contains { if case .tokenRejected = $0 { true } else { false } })
        #expect(bench.transport.tokenRequests.count == 34)
    }

    @Test("After an outage four refusals in a row, spread over two minutes, are a rejection")
    func refusalsAfterOutage() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.transport.tokens(.oauthError("invalid_grant"), .oauthError("invalid_grant"), .oauthError("invalid_grant"), .outage)
        for _ in 0..<4 { bench.transport.tokens(.oauthError("invalid_grant")) }
        try await bench.run {
            // The outage at 120 s is the fourth failure in a row: 40 s.
            for time in [10.0, 45, 120, 160, 170, 205, 280] {
                try await bench.clock.sleeper(until: SampleStations.now(time))
                #expect(bench.state != .rejected)
                bench.clock.set(to: SampleStations.now(time))
            }
            try await bench.store.first("the rejection") { $0.token.state(at: SampleStations.now) == .rejected }
        }
    }

    @Test("That a pair may be lost is known through an outage, until the verdict on the token", arguments: [false, true])
    func lostPairBeforeOutage(isTakenOver: Bool) async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        if !isTakenOver { bench.transport.tokens(.grant("a0", "r0", seconds: 7200)) }
        bench.transport.tokens(.failure(NetatmoError(.timeout, mayHaveBeenCarriedOut: true)), .outage)
        for _ in 0..<4 { bench.transport.tokens(.oauthError("invalid_grant")) }
        try await bench.run {
            if isTakenOver {
                bench.storage.replace(by: try SampleTokens.file(refresh: "s1"))
                await bench.keeper.noticeFileChange()
            } else {
                _ = await bench.keeper.requestRenewal()
            }
            try await bench.sleepThrough(until: "the verdict") { snapshot in
                snapshot.events.contains {
                    switch $0.kind {
                    case .tokenRejected(let error), .takenOverRefused(let error): error.description.contains("was lost on its way")
                    default: false
                    }
                }
            }
        }
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret(isTakenOver ? "r1" : "r0"))
    }

    @Test(
        "A request that was cut off is tried again with the same token, and that it may have been carried out is said",
        arguments: [true, false])
    func cutOff(isCarriedOut: Bool) async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        let error = NetatmoError(.timeout, mayHaveBeenCarriedOut: isCarriedOut)
        bench.transport.tokens(.failure(error))
        for _ in 0..<4 { bench.transport.tokens(.oauthError("invalid_grant")) }
        try await bench.run {
            try await bench.sleepThrough(until: "the rejection") { $0.token.state(at: SampleStations.now) == .rejected }
        }
        #expect(Set(bench.transport.requests.map { $0.form["refresh_token"] }) == [SampleTokens.secret("r1")])
        #expect(bench.log.lines.contains { $0.contains("may have renewed all the same") } == isCarriedOut)
        #expect(bench.log.lines.contains { $0.contains("token rejected") && $0.contains("was lost on its way") } == isCarriedOut)
        guard case .rejected(let reason, _) = bench.status.possession else {
            Issue.record("not rejected")
            return
        }
        #expect(reason.description.contains("was lost on its way") == isCarriedOut)
    }

    @Test("Tries that the user asks for make the verdict no earlier: two minutes have to pass")
    func impatientVerdict() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        for _ in 0..<8 { bench.transport.tokens(.oauthError("invalid_grant")) }
        try await bench.run {
            for count in 1...5 {
                try await bench.transport.requests(atLeast: count)
                try await bench.clock.sleepers(atLeast: 1)
                bench.clock.advance(by: .seconds(10))
                if count > 1 { _ = await bench.keeper.requestRenewal() }
            }
            #expect(bench.state != .rejected)
            try await bench.sleepThrough(until: "the rejection") { $0.token.state(at: SampleStations.now) == .rejected }
            #expect(bench.clock.now == SampleStations.now(120))
        }
    }

    @Test("After a rejection the user may still ask for one more try")
    func renewalAfterRejection() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        for _ in 0..<4 { bench.transport.tokens(.oauthError("invalid_grant")) }
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run {
            try await bench.sleepThrough(until: "the rejection") { $0.token.state(at: SampleStations.now) == .rejected }
            #expect(await bench.keeper.requestRenewal() == .started)
            try await bench.token(expiringAfter: 120 + 10_800)
        }
    }

    @Test("However often the user asks, there is one renewal in ten seconds, and 30 an hour, also by a clock that was set back")
    func spacing() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.transport.tokens(.grant("a2", "r2"), .grant("a3", "r3"), .grant("a4", "r4"), .grant("a5", "r5"))
        try await bench.run {
            #expect(await bench.keeper.requestRenewal() == .started)
            try await bench.token(expiringAfter: 10_800)
            bench.clock.advance(by: .seconds(9))
            for _ in 0..<100 { #expect(await bench.keeper.requestRenewal() == .heldBack(until: SampleStations.now(10))) }
            bench.clock.advance(by: .seconds(1))
            #expect(await bench.keeper.requestRenewal() == .started)
            try await bench.token(expiringAfter: 10_810)
            try await bench.clock.sleeper(until: SampleStations.now(10 + 10_200))
            bench.clock.set(to: SampleStations.now(-3600))
            try await bench.token(expiringAfter: 10_800 - 3600)
            #expect(await bench.keeper.requestRenewal() == .heldBack(until: SampleStations.now(-3590)))
            bench.clock.advance(by: .seconds(10))
            #expect(await bench.keeper.requestRenewal() == .started)
            try await bench.transport.requests(atLeast: 4)
        }
        #expect(bench.transport.requests.count == 4)
    }

    @Test("A wrong client id or secret is not tried again for ten minutes")
    func invalidClient() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.transport.tokens(.oauthError("invalid_client"), .oauthError("invalid_client"))
        try await bench.run {
            for time in [600.0, 1200] {
                try await bench.clock.sleeper(until: SampleStations.now(time))
                bench.clock.set(to: SampleStations.now(time))
            }
            try await bench.transport.requests(atLeast: 3)
        }
    }

    @Test("A grant without a refresh token leaves the old one in force")
    func refreshTokenKept() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.transport.tokens(.grant("a2", nil))
        try await bench.run { try await bench.token(expiringAfter: 10_800) }
        #expect(bench.storage.writes.first?.refreshToken == SampleTokens.secret("r1"))
    }
}

extension TokenStatus {
    /// How many renewals failed in a row.
    var failures: Int {
        guard case .failing(_, let tries, _) = renewal else { return 0 }
        return tries
    }
}
