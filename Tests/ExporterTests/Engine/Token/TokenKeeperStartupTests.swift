import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("What the token file means at startup")
struct TokenKeeperStartupTests {
    @Test("No file: no token, no warning, no request; the user is waited for")
    func noFile() async throws {
        let bench = TokenBench(nil)
        try await bench.run {
            #expect(bench.state == .missing)
            #expect(bench.events == [.tokenMissing])
            #expect(await bench.comesToRest())
            #expect(await bench.keeper.requestRenewal() == .nothingToRenew)
            await #expect(throws: NoToken.state(.missing)) { try await bench.keeper.accessToken() }
        }
        #expect(bench.transport.requests.isEmpty)
        #expect(bench.storage.writeAttempts == 0, "without a token the file is left as it is")
    }

    @Test("All three attributes: works at once, without a request")
    func usable() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        try await bench.run {
            #expect(bench.state == .valid)
            #expect(bench.events == [.tokenLoaded(until: SampleStations.now(7200))])
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a1"))
            try await bench.clock.sleeper(until: SampleStations.now(6600))
        }
        #expect(bench.transport.requests.isEmpty)
    }

    @Test("It was saved when the file last changed; by a clock that was set back since, now", arguments: [-3600.0, 0, 3600])
    func saved(modified: Double) async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.storage.setModified(Int64(SampleStations.now(modified).timeIntervalSince1970))
        try await bench.run {
            #expect(bench.status.saving == .saved(SampleStations.now(min(0, modified))))
        }
    }

    @Test("An expired token: a warning, ignored, the file untouched", arguments: ["r1", nil])
    func expired(refresh: String?) async throws {
        let bench = try TokenBench(expiringAfter: -60, refresh: refresh)
        try await bench.run {
            #expect(bench.state == .missing)
            #expect(bench.events == [.tokenFileWarning(.expired(since: SampleStations.now(-60))), .tokenMissing])
            let ignored = TokenStatus.IgnoredToken(since: SampleStations.now(-60), canRenew: refresh != nil)
            #expect(bench.status.possession == .none(ignored: ignored))
            #expect(await bench.comesToRest())
        }
        #expect(bench.transport.requests.isEmpty)
        #expect(bench.storage.writeAttempts == 0)
    }

    @Test("An expired token is renewed when the user asks for it")
    func expiredOnRequest() async throws {
        let bench = try TokenBench(expiringAfter: -60)
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run {
            #expect(await bench.keeper.requestRenewal() == .started)
            try await bench.token(expiringAfter: 10_800)
            #expect(bench.state == .valid)
        }
        #expect(bench.transport.tokenRequests.map { $0.form["refresh_token"] } == [SampleTokens.secret("r1")])
    }

    @Test("A renewal of an expired token on request that fails is not tried again by itself")
    func expiredOnRequestFails() async throws {
        let bench = try TokenBench(expiringAfter: -60)
        bench.transport.tokens(.outage)
        try await bench.run {
            #expect(await bench.keeper.requestRenewal() == .started)
            try await bench.store.event("the failure") {
                if case .renewalFailed(let error, next: nil) = $0 { error.kind == .outage } else { false }
            }
            #expect(await bench.comesToRest())
            #expect(bench.state == .missing)
            #expect(bench.clock.deadlines == [.afterAnyClock], "it waits for nothing but a clock that is set back")
        }
        #expect(bench.transport.tokenRequests.count == 1)
    }

    @Test("With renewExpired an expired token is renewed by itself")
    func renewExpired() async throws {
        let bench = try TokenBench(expiringAfter: -60)
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run(renewExpired: true) { try await bench.token(expiringAfter: 10_800) }
        #expect(bench.transport.tokenRequests.count == 1)
    }

    @Test("No expiry: a warning and a refresh at once")
    func noExpiry() async throws {
        let bench = TokenBench(try SampleTokens.file(access: "a1", refresh: "r1"))
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run { try await bench.token(expiringAfter: 10_800) }
        #expect(bench.events.first == .tokenFileWarning(.expiryMissing))
        #expect(bench.transport.tokenRequests.map { $0.form["refresh_token"] } == [SampleTokens.secret("r1")])
    }

    @Test("No refresh token: a warning; works until it expires, then the user is waited for")
    func noRefreshToken() async throws {
        let bench = try TokenBench(expiringAfter: 60, refresh: nil)
        try await bench.run {
            #expect(bench.events.first == .tokenFileWarning(.refreshTokenMissing))
            #expect(bench.state == .expiring)
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a1"))
            #expect(await bench.keeper.requestRenewal() == .nothingToRenew)
            #expect(try await bench.sleepThrough() == SampleStations.now(60))
            try await bench.store.event("the expiry") { $0 == .tokenExpired }
            #expect(bench.state == .expired)
            await #expect(throws: NoToken.state(.expired)) { try await bench.keeper.accessToken() }
            #expect(await bench.comesToRest())
        }
        #expect(bench.transport.requests.isEmpty)
        #expect(bench.events.count { $0 == .tokenExpired } == 1)
        #expect(bench.storage.writeAttempts == 0, "what expired is no valid token to be saved at shutdown")
    }

    @Test("Neither a refresh token nor an expiry: a warning; works until NetAtmo refuses it, and the file is left as it is")
    func accessTokenAlone() async throws {
        let file = try SampleTokens.file(access: "a1", other: #""expiry":"0001-01-01T00:00:00Z""#)
        let bench = TokenBench(file)
        try await bench.run {
            #expect(bench.events == [.tokenFileWarning(.accessTokenAlone), .tokenLoaded(until: nil)])
            for days in [0.0, 1, 400] {
                bench.clock.set(to: SampleStations.now(days * 86_400))
                #expect(bench.state == .expiring)
                #expect(bench.status.isValid(at: bench.clock.now))
                #expect(bench.status.expiry == nil)
                let token = try await bench.keeper.accessToken()
                #expect(token == SampleTokens.secret("a1"))
            }
            #expect(bench.clock.deadlines.isEmpty, "there is no time to wait for")
            #expect(await bench.keeper.requestRenewal() == .nothingToRenew)
            await #expect(throws: NoToken.state(.rejected)) {
                try await bench.keeper.accessToken(replacing: SampleTokens.secret("a1"))
            }
            #expect(bench.state == .rejected)
            #expect(!bench.status.isValid(at: bench.clock.now))
            #expect(bench.events.last == .tokenRejected(NetatmoError(.unauthorized)))
            await #expect(throws: NoToken.state(.rejected)) { try await bench.keeper.accessToken() }
            #expect(await bench.comesToRest())
        }
        #expect(bench.transport.requests.isEmpty)
        #expect(bench.storage.attributes == file)
    }

    @Test("An access token alone that works at the end is saved as it was")
    func accessTokenAloneAtEnd() async throws {
        let file = try SampleTokens.file(access: "a1", other: #""note":"mine""#)
        let bench = TokenBench(file)
        try await bench.run {}
        #expect(bench.storage.attributes == file)
    }

    @Test("No access token: a warning and a refresh at once, whatever the expiry says", arguments: [nil, -60.0, 86_400.0])
    func noAccessToken(expiry: TimeInterval?) async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1", expiry: expiry.map { SampleStations.now($0) }))
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run { try await bench.token(expiringAfter: 10_800) }
        #expect(bench.events.first == .tokenFileWarning(.accessTokenMissing))
        #expect(bench.storage.writes.first?.refreshToken == SampleTokens.secret("r2"))
    }

    @Test("Neither token: a warning, as if there were none")
    func neitherToken() async throws {
        let bench = TokenBench(try SampleTokens.file(expiry: SampleStations.now(60)))
        try await bench.run {
            #expect(bench.state == .missing)
            #expect(bench.events == [.tokenFileWarning(.bothTokensMissing), .tokenMissing])
        }
        #expect(bench.transport.requests.isEmpty)
    }

    @Test("A file that can't be read is an error that names it, and nothing is written")
    func unreadable() async throws {
        let bench = TokenBench(nil)
        let error = TokenFileError(path: "/token.json", cause: .notJSON)
        bench.storage.failReads(with: error)
        await #expect(throws: error) { try await bench.keeper.load(renewExpired: true) }
        #expect(bench.storage.writeAttempts == 0)
    }

    @Test("Unknown attributes are written back with the new token")
    func unknownAttributes() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1", other: #""note":"mine""#))
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run { try await bench.token(expiringAfter: 10_800) }
        #expect(bench.storage.attributes?.other == ["note": .string("mine")])
    }
}
