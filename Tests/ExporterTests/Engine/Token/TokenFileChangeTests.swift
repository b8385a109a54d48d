import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo

@Suite("A token file that somebody changes while the program runs")
struct TokenFileChangeTests {
    private let twoHours = SampleStations.now(7200)

    private func file(_ access: String?, _ refresh: String?, expiringAfter seconds: TimeInterval? = 7200) throws -> TokenAttributes {
        try SampleTokens.file(access: access, refresh: refresh, expiry: seconds.map { SampleStations.now($0) })
    }

    /// Replaces the file, as a user does, and lets the keeper notice.
    private func replace(_ bench: TokenBench, by attributes: TokenAttributes?) async {
        bench.storage.replace(by: attributes)
        await bench.keeper.noticeFileChange()
    }

    private func hasProblem(_ bench: TokenBench, _ problem: TokenFileProblem) -> Bool {
        bench.events.contains(.tokenFileProblem(problem))
    }

    @Test("A different token that works is used at once, told once, and no request is needed for it")
    func working() async throws {
        let bench = try TokenBench(expiringAfter: 3600)
        let snapshots = bench.store.snapshots(buffering: .unbounded)
        try await bench.run {
            await replace(bench, by: try file("b1", "s1"))
            let told = await snapshots.first { $0.events.last?.kind == .tokenTakenOver }
            #expect(told?.token.expiry == twoHours, "it is shown with the word of it, and not later")
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("b1"))
            #expect(bench.status.expiry == twoHours)
            await bench.keeper.noticeFileChange()
        }
        #expect(bench.events.count { $0 == .tokenTakenOver } == 1)
        #expect(bench.transport.requests.isEmpty)
        #expect(bench.journal.entries.contains("use"), "whoever waits for a token is told")
    }

    @Test("A refresh token alone, or beside a token that expired, is exchanged at once", arguments: [nil, -60.0])
    func refreshable(seconds: TimeInterval?) async throws {
        let bench = try TokenBench(expiringAfter: 3600)
        bench.transport.tokens(.grant("b2", "s2"))
        try await bench.run {
            await replace(bench, by: try file(seconds == nil ? nil : "b1", "s1", expiringAfter: seconds))
            try await bench.token(expiringAfter: 10_800)
        }
        #expect(bench.transport.requests.first?.form["refresh_token"] == SampleTokens.secret("s1"))
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("s2"))
    }

    @Test("It ends the states in which the user has to sign in", arguments: ["missing", "rejected"])
    func endsTrouble(state: String) async throws {
        let bench = state == "missing" ? TokenBench(nil) : TokenBench(try SampleTokens.file(refresh: "r1"))
        if state == "rejected" { for _ in 0..<4 { bench.transport.tokens(.oauthError("invalid_grant")) } }
        try await bench.run {
            try await bench.sleepThrough(until: "trouble") { $0.token.state(at: SampleStations.now).rawValue == state }
            bench.transport.tokens(.grant("b2", "s2"))
            await replace(bench, by: try SampleTokens.file(refresh: "s1"))
            try await bench.store.first("a token") { $0.token.expiry != nil && $0.token.renewal == .idle }
            #expect(bench.state == .valid)
        }
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("s2"))
    }

    @Test("Attributes beside the token are those of the new file from then on")
    func otherAttributes() async throws {
        let bench = try TokenBench(expiringAfter: 3600)
        bench.transport.tokens(.grant("b2", "s2"))
        try await bench.run {
            await replace(bench, by: try SampleTokens.file(refresh: "s1", other: #""note":"mine""#))
            try await bench.token(expiringAfter: 10_800)
        }
        #expect(bench.storage.attributes?.other == ["note": .string("mine")])
    }

    @Test("Refused for good, it gives way to the token before, which works on and goes back to the file")
    func refused() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        for _ in 0..<4 { bench.transport.tokens(.oauthError("invalid_grant")) }
        try await bench.run {
            await replace(bench, by: try SampleTokens.file(refresh: "s1"))
            try await bench.refuseForGood()
            try await bench.store.event("the refusal") { if case .takenOverRefused = $0 { true } else { false } }
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a1"))
            #expect(bench.state == .valid)
            #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r1"))
        }
    }

    @Test("Two wrong files in a row lose nothing: the last token that NetAtmo had accepted comes back")
    func twoWrongFiles() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        for _ in 0..<5 { bench.transport.tokens(.oauthError("invalid_grant")) }
        try await bench.run {
            await replace(bench, by: try SampleTokens.file(refresh: "wrong-1"))
            try await bench.transport.requests(atLeast: 1)
            try await bench.clock.sleeper(until: SampleStations.now(10))
            await replace(bench, by: try SampleTokens.file(refresh: "wrong-2"))
            try await bench.transport.requests(atLeast: 2)
            try await bench.refuseForGood()
            try await bench.store.event("the refusal") { if case .takenOverRefused = $0 { true } else { false } }
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a1"))
        }
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r1"))
    }

    @Test("As long as NetAtmo is out of order the new token is tried, and the file is left as it is")
    func outage() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.transport.tokens(.outage, .outage, .grant("b2", "s2"))
        try await bench.run {
            await replace(bench, by: try SampleTokens.file(refresh: "s1"))
            try await bench.sleepThrough(until: "two failures") { $0.token.failures == 2 }
            #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("s1"))
            try await bench.sleepThrough(until: "the token") { $0.token.expiry != nil && $0.token.renewal == .idle }
        }
        #expect(bench.transport.requests.map { $0.form["refresh_token"] } == ["s1", "s1", "s1"].map(SampleTokens.secret))
    }

    @Test("Replaced while a renewal is under way, the file's token wins, and the renewed one is kept behind it")
    func duringRenewal() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        let gate = Gate()
        bench.transport.tokens(Reply.grant("a2", "r2").held(by: gate))
        for _ in 0..<4 { bench.transport.tokens(.oauthError("invalid_grant")) }
        try await bench.run {
            #expect(await bench.keeper.requestRenewal() == .started)
            try await bench.transport.requests(atLeast: 1)
            await replace(bench, by: try SampleTokens.file(refresh: "s1"))
            #expect(!bench.events.contains(.tokenTakenOver), "the answer is waited for")
            gate.open()
            try await bench.store.event("the new file") { $0 == .tokenTakenOver }
            #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("s1"), "not overwritten")
            try await bench.refuseForGood()
            try await bench.store.event("the refusal") { if case .takenOverRefused = $0 { true } else { false } }
        }
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r2"))
    }

    @Test("Replaced while a renewal fails, it is taken over afterwards")
    func duringFailure() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        let gate = Gate()
        bench.transport.tokens(Reply.outage.held(by: gate))
        try await bench.run {
            #expect(await bench.keeper.requestRenewal() == .started)
            try await bench.transport.requests(atLeast: 1)
            await replace(bench, by: try file("b1", "s1"))
            gate.open()
            try await bench.store.event("the new file") { $0 == .tokenTakenOver }
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("b1"))
        }
    }

    @Test("Who signs in meanwhile is right, whatever the file holds")
    func duringSignIn() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        let gate = Gate()
        bench.transport.tokens(Reply.grant("a9", "r9").held(by: gate))
        try await bench.run {
            async let outcome = bench.keeper.perform(.adopt(refreshToken: SampleTokens.secret("brought")))
            try await bench.transport.requests(atLeast: 1)
            await replace(bench, by: try file("b1", "s1"))
            gate.open()
            _ = await outcome
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a9"))
        }
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r9"))
    }

    @Test("Own writes are no change, nor is a file that is touched or written anew with the same token")
    func ownWrites() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run {
            try await bench.token(expiringAfter: 10_800)
            await bench.keeper.noticeFileChange()
            await replace(bench, by: bench.storage.attributes)
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a2"))
        }
        #expect(!bench.events.contains(.tokenTakenOver))
        #expect(bench.storage.writeAttempts == 2, "the renewal and the end")
    }

    @Test("The old token in a file that could not be written is not taken for a new one")
    func unsaved() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.transport.tokens(.grant("a2", "r2"))
        bench.storage.failWrites(with: MemoryTokenStorage.diskIsFull)
        try await bench.run {
            try await bench.token(expiringAfter: 10_800)
            await replace(bench, by: bench.storage.attributes)
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a2"))
            bench.storage.failWrites(with: nil)
        }
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r2"))
    }

    @Test("A backup whose refresh token was exchanged already is told, and the token in memory written back")
    func backup() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run {
            try await bench.token(expiringAfter: 10_800)
            await replace(bench, by: try SampleTokens.file(refresh: "r1"))
            #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r2"))
        }
        #expect(hasProblem(bench, .usedUp))
        #expect(bench.transport.requests.count == 1, "nothing is asked of NetAtmo for it")
    }

    @Test("A file that is gone is told, and written again")
    func gone() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        try await bench.run {
            await replace(bench, by: nil)
            #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r1"))
        }
        #expect(hasProblem(bench, .gone))
    }

    @Test("Gone while nothing can be written, the write is tried again soon, not at the next renewal")
    func goneAndFull() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        try await bench.run {
            try await bench.clock.sleeper(until: SampleStations.now(6600))
            bench.storage.failWrites(with: MemoryTokenStorage.diskIsFull)
            await replace(bench, by: nil)
            try await bench.clock.sleeper(until: SampleStations.now(1))
            bench.storage.failWrites(with: nil)
            bench.clock.advance(by: .seconds(1))
            try await bench.store.event("the success") { $0 == .savedAtLast }
        }
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r1"))
    }

    @Test("A file that can't be read, or has no refresh token, is told and leaves the token in memory as it is")
    func unusable() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        let error = TokenFileError(path: "/token.json", cause: .notJSON)
        try await bench.run {
            bench.storage.failReads(with: error)
            await bench.keeper.noticeFileChange()
            #expect(hasProblem(bench, .unusable(error)))
            bench.storage.failReads(with: nil)
            await replace(bench, by: try file("b1", nil))
            #expect(hasProblem(bench, .withoutRefreshToken))
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a1"))
        }
    }

    @Test("A file that was replaced just before the end is left as it is")
    func atTheEnd() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        try await bench.run { bench.storage.replace(by: try file("b1", "s1")) }
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("s1"))
        #expect(bench.storage.writeAttempts == 0)
    }
}
