import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("Asking the keeper for a token")
struct TokenRequestTests {
    private let old = SampleTokens.secret("a1")

    @Test("Asking twice for a renewal does nothing twice")
    func twice() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        let gate = Gate()
        bench.transport.tokens(Reply.grant("a2", "r2").held(by: gate))
        try await bench.run {
            #expect(await bench.keeper.requestRenewal() == .started)
            #expect(await bench.keeper.requestRenewal() == .alreadyUnderWay)
            try await bench.transport.requests(atLeast: 1)
            #expect(await bench.keeper.requestRenewal() == .alreadyUnderWay)
            gate.open()
            try await bench.token(expiringAfter: 10_800)
        }
        #expect(bench.transport.requests.count == 1)
    }

    @Test("Many who want another token than the refused one share one refresh")
    func joined() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        let gate = Gate()
        bench.transport.tokens(Reply.grant("a2", "r2").held(by: gate))
        // All of them ask before the keeper runs, so that none finds a request under way.
        try await bench.keeper.load(renewExpired: false)
        try await withThrowingTaskGroup(of: Secret.self) { group in
            for _ in 0..<20 { group.addTask { try await bench.keeper.accessToken(replacing: old) } }
            group.addTask {
                #expect(await bench.keeper.requestRenewal() != .nothingToRenew)
                try await running([bench.keeper]) { _ in
                    try await bench.transport.requests(atLeast: 1)
                    gate.open()
                    try await bench.token(expiringAfter: 10_800)
                }
                return SampleTokens.secret("a2")
            }
            for try await token in group { #expect(token == SampleTokens.secret("a2")) }
        }
        #expect(bench.transport.requests.count == 1)
    }

    @Test("Who wants a token during a renewal waits for the new one")
    func waitsForRenewal() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        let gate = Gate()
        bench.transport.tokens(Reply.grant("a2", "r2").held(by: gate))
        try await bench.run {
            #expect(await bench.keeper.requestRenewal() == .started)
            try await bench.transport.requests(atLeast: 1)
            async let token = bench.keeper.accessToken()
            async let other = bench.keeper.accessToken(replacing: old)
            gate.open()
            #expect(try await token == SampleTokens.secret("a2"))
            #expect(try await other == SampleTokens.secret("a2"))
        }
    }

    @Test("A caller that is cancelled goes on at once, and the order is carried out all the same", arguments: ["sign-in", "refresh"])
    func cancelledCaller(kind: String) async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        let gate = Gate()
        bench.transport.tokens(Reply.grant("a2", "r2").held(by: gate))
        let order = kind == "refresh" ? TokenOrder.refresh : .adopt(refreshToken: SampleTokens.secret("brought"))
        try await bench.run {
            let caller = Task { await bench.keeper.perform(order) }
            try await bench.transport.requests(atLeast: 1)
            caller.cancel()
            #expect(try await waiting(for: "the caller") { await caller.value } == .stopped)
            #expect(bench.state == .renewing)
            gate.open()
            try await bench.token(expiringAfter: 10_800)
            #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r2"))
        }
        #expect(bench.transport.requests.count == 1)
    }

    @Test("Who wants a token during a renewal and is cancelled gets the one at hand at once")
    func cancelledDuringRenewal() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        let gate = Gate()
        bench.transport.tokens(Reply.grant("a2", "r2").held(by: gate))
        try await bench.run {
            #expect(await bench.keeper.requestRenewal() == .started)
            try await bench.transport.requests(atLeast: 1)
            let caller = Task { try await bench.keeper.accessToken() }
            caller.cancel()
            #expect(try await waiting(for: "the caller") { try await caller.value } == old)
            gate.open()
            try await bench.token(expiringAfter: 10_800)
        }
    }

    @Test("A refused token that was replaced meanwhile costs no request")
    func replacedMeanwhile() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        try await bench.run {
            let token = try await bench.keeper.accessToken(replacing: SampleTokens.secret("a0"))
            #expect(token == old)
        }
        #expect(bench.transport.requests.isEmpty)
    }

    @Test("A refused token that can't be replaced is an error that says why")
    func notReplaceable() async throws {
        let bench = try TokenBench(expiringAfter: 7200, refresh: nil)
        try await bench.run {
            await #expect(throws: NoToken.renewalFailed(NetatmoError(.unauthorized))) {
                try await bench.keeper.accessToken(replacing: old)
            }
        }
        let failing = try TokenBench(expiringAfter: 7200)
        failing.transport.tokens(.failure(NetatmoError(.timeout)))
        try await failing.run {
            await #expect(throws: NoToken.renewalFailed(NetatmoError(.timeout))) {
                try await failing.keeper.accessToken(replacing: old)
            }
        }
    }

    @Test("A sign-in replaces the token, whatever there was", arguments: ["valid", "missing", "expired", "rejected"])
    func signIn(before: String) async throws {
        let bench =
            switch before {
            case "valid": try TokenBench(expiringAfter: 7200)
            case "missing": TokenBench(nil)
            case "expired": try TokenBench(expiringAfter: -60)
            default: TokenBench(try SampleTokens.file(refresh: "r1"))
            }
        if before == "rejected" {
            for _ in 0..<4 { bench.transport.tokens(.oauthError("invalid_grant")) }
        }
        bench.transport.tokens(.grant("a9", "r9"))
        try await bench.run {
            if before == "rejected" {
                try await bench.sleepThrough(until: "the rejection") { $0.token.state(at: SampleStations.now) == .rejected }
            }
            let code = SampleTokens.secret("code-1")
            let until = bench.clock.now.addingTimeInterval(10_800)
            #expect(await bench.keeper.perform(.exchange(code: code, redirectURI: "http://127.0.0.1/x")) == .renewed(until: until))
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a9"))
            #expect(bench.state == .valid)
        }
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r9"))
        #expect(bench.transport.tokenRequests.last?.form["code"] == SampleTokens.secret("code-1"))
    }

    @Test("A sign-in that fails leaves the token as it is")
    func failedSignIn() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.transport.tokens(.oauthError("invalid_grant"))
        try await bench.run {
            let error = NetatmoError(.invalidGrant, status: 400, code: "invalid_grant")
            #expect(await bench.keeper.perform(.adopt(refreshToken: SampleTokens.secret("other-refresh-token"))) == .failed(error))
            #expect(bench.state == .valid)
            let token = try await bench.keeper.accessToken()
            #expect(token == old)
        }
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r1"))
    }

    @Test("Where the answer to a sign-in holds no refresh token, the old account's is not mixed into it")
    func signInWithoutRefreshToken() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.transport.tokens(.grant("a8", nil), .grant("a9", nil))
        try await bench.run {
            _ = await bench.keeper.perform(.adopt(refreshToken: SampleTokens.secret("brought")))
            #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("brought"))
            _ = await bench.keeper.perform(.exchange(code: SampleTokens.secret("code"), redirectURI: "http://127.0.0.1/x"))
            #expect(bench.storage.attributes?.refreshToken == nil)
            #expect(bench.state == .expiring)
        }
    }
}
