import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI

@Suite("A start after a write of the token file that was cut off")
struct TokenRecoveryTests {
    private var newer: TokenAttributes {
        get throws { try SampleTokens.file(access: "a2", refresh: "r2", expiry: SampleStations.now(7200)) }
    }

    @Test("The newer token is used, said, and in the file at once", arguments: ["old", "none"])
    func recovered(file: String) async throws {
        let old = try SampleTokens.file(access: "a1", refresh: "r1", expiry: SampleStations.now(600))
        let bench = TokenBench(file == "old" ? old : nil, unfinished: try newer)
        try await bench.run {
            #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r2"))
            let token = try await bench.keeper.accessToken()
            #expect(token == SampleTokens.secret("a2"))
            #expect(bench.state == .valid)
        }
        #expect(bench.events.contains(.tokenRecovered))
        #expect(bench.transport.requests.isEmpty)
    }

    @Test("So it is where the file is damaged; with another fault in it, or with nothing beside it, the start is refused")
    func damagedFile() async throws {
        let damage = TokenFileError(path: "/token.json", cause: .notJSON)
        let bench = TokenBench(nil, unfinished: try newer)
        bench.storage.failReads(with: damage)
        try await bench.run {
            #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r2"))
            bench.storage.failReads(with: nil)
            let token = try await bench.keeper.accessToken()
            #expect(token == SampleTokens.secret("a2"))
        }
        #expect(bench.events.contains(.tokenRecovered))
        #expect(bench.transport.requests.isEmpty)
        let alone = TokenBench(nil)
        alone.storage.failReads(with: damage)
        await #expect(throws: damage) { try await alone.keeper.load(renewExpired: false) }
        let mistyped = TokenFileError(path: "/token.json", cause: .notAnObject(found: "a list"))
        let other = TokenBench(nil, unfinished: try newer)
        other.storage.failReads(with: mistyped)
        await #expect(throws: mistyped) { try await other.keeper.load(renewExpired: false) }
        #expect(other.storage.attributes == nil)
    }

    @Test("One that expired meanwhile is treated as the file's would be", arguments: [true, false])
    func expired(renewExpired: Bool) async throws {
        let expired = try SampleTokens.file(access: "a2", refresh: "r2", expiry: SampleStations.now(-60))
        let bench = TokenBench(try SampleTokens.file(access: "a1", refresh: "r1", expiry: SampleStations.now(-90)), unfinished: expired)
        bench.transport.tokens(.grant("a3", "r3"))
        try await bench.run(renewExpired: renewExpired) {
            if !renewExpired {
                #expect(bench.state == .missing)
                #expect(await bench.keeper.requestRenewal() == .started)
            }
            try await bench.token(expiringAfter: 10_800)
        }
        #expect(bench.transport.requests.first?.form["refresh_token"] == SampleTokens.secret("r2"))
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r3"))
    }

    @Test("Refused for good, it gives way to the file's token")
    func refused() async throws {
        let old = try SampleTokens.file(access: "a1", refresh: "r1", expiry: SampleStations.now(7200))
        let bench = TokenBench(old, unfinished: try SampleTokens.file(refresh: "r2"))
        for _ in 0..<4 { bench.transport.tokens(.oauthError("invalid_grant")) }
        try await bench.run {
            try await bench.refuseForGood()
            try await bench.store.first("the file's token") { $0.token.expiry == SampleStations.now(7200) }
            let token = try await bench.keeper.accessToken()
            #expect(token == SampleTokens.secret("a1"))
        }
    }

    @Test("One that is the file's own is no news")
    func same() async throws {
        let bench = TokenBench(try newer, unfinished: try newer)
        try await bench.run {}
        #expect(!bench.events.contains(.tokenRecovered))
    }
}
