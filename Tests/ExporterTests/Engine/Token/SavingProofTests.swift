import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("No token is spent whose successor could not be kept")
struct SavingProofTests {
    private let error = TokenFileError(
        path: "/token.json", cause: .system(FileError(operation: "create a new file beside it", code: EACCES)))

    /// A way to a request that makes NetAtmo kill the pair in the file.
    enum Way: String, CaseIterable, Sendable {
        case refreshTokenAlone, renewalDue, expiredRenewed, onRequest, ignoredOnRequest, code, pastedToken, refusedAccessToken

        /// What the file holds; `nil` where there is none.
        func file() throws -> TokenAttributes? {
            switch self {
            case .refreshTokenAlone: try SampleTokens.file(refresh: "r1")
            case .renewalDue: try SampleTokens.file(access: "a1", refresh: "r1", expiry: SampleStations.now(300))
            case .expiredRenewed, .ignoredOnRequest: try SampleTokens.file(access: "a1", refresh: "r1", expiry: SampleStations.now(-60))
            case .onRequest, .refusedAccessToken: try SampleTokens.file(access: "a1", refresh: "r1", expiry: SampleStations.now(7200))
            case .code, .pastedToken: nil
            }
        }

        /// Whether the request comes by itself once it can be made.
        var followsByItself: Bool { self != .code && self != .pastedToken }
    }

    /// Takes the way, as far as somebody has to ask for it.
    private func take(_ way: Way, _ bench: TokenBench) async {
        switch way {
        case .refreshTokenAlone, .renewalDue, .expiredRenewed: break
        case .onRequest, .ignoredOnRequest: #expect(await bench.keeper.requestRenewal() == .notSavable(error))
        case .code:
            let order = TokenOrder.exchange(code: SampleTokens.secret("code"), redirectURI: "http://127.0.0.1/auth/callback")
            #expect(await bench.keeper.perform(order) == .notSavable(error))
        case .pastedToken:
            #expect(await bench.keeper.perform(.adopt(refreshToken: SampleTokens.secret("brought"))) == .notSavable(error))
        case .refusedAccessToken:
            await #expect(throws: NoToken.state(.expiring)) { try await bench.keeper.accessToken(replacing: SampleTokens.secret("a1")) }
        }
    }

    @Test(
        "Whichever way leads to a request, none is sent as long as a save can't work; once it can, what was due follows by itself",
        arguments: Way.allCases
    )
    func blocked(way: Way) async throws {
        let bench = TokenBench(try way.file())
        bench.storage.block(with: error)
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run(renewExpired: way == .expiredRenewed) {
            try await bench.store.event("the reason") { $0 == .savingBlocked(error, next: SampleStations.now(1)) }
            await take(way, bench)
            #expect(bench.transport.requests.isEmpty)
            #expect(bench.storage.writeAttempts == 0)
            guard case .blocked(error, _) = bench.status.saving else { throw NothingCame(what: "a status that says so") }
            bench.storage.block(with: nil)
            if way.followsByItself {
                try await bench.sleepThrough(until: "the renewal") {
                    $0.token.validExpiry(at: SampleStations.now) ?? .distantPast > SampleStations.now(7300)
                }
            } else {
                try await bench.sleepThrough(until: "the end of it") { $0.token.saving == .nothing }
            }
        }
        #expect(bench.transport.tokenRequests.count == (way.followsByItself ? 1 : 0))
        if way.followsByItself { #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r2")) }
        #expect(bench.events.contains(.savingWorksAgain))
        #expect(bench.events.count { if case .savingBlocked = $0 { true } else { false } } == 1, "told once")
    }

    @Test("Who wants to sign in has it tried at once; where it works then, what was due follows by itself", arguments: [true, false])
    func askedBySignIn(isMended: Bool) async throws {
        let bench = TokenBench(try SampleTokens.file(access: "a1", refresh: "r1", expiry: SampleStations.now(7200)))
        bench.storage.block(with: error)
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run {
            try await bench.store.event("the reason") { $0 == .savingBlocked(error, next: SampleStations.now(1)) }
            #expect(await bench.keeper.requestRenewal() == .notSavable(error))
            if isMended { bench.storage.block(with: nil) }
            let proofs = bench.storage.proofs
            #expect(await bench.keeper.obstacleToSignIn() == (isMended ? nil : error))
            #expect(bench.storage.proofs == proofs + 1)
            guard isMended else { return }
            // The clock stands still: nothing else wakes it.
            try await bench.store.first("the renewal") {
                $0.token.validExpiry(at: SampleStations.now) ?? .distantPast > SampleStations.now(7300)
            }
            #expect(await bench.keeper.obstacleToSignIn() == nil)
            #expect(bench.storage.proofs == proofs + 1, "proven once")
        }
        #expect(bench.transport.tokenRequests.count == (isMended ? 1 : 0))
        #expect(bench.events.count { if case .savingBlocked = $0 { true } else { false } } == 1, "told once")
    }

    @Test("The proof is tried again after a second, then after twice as long each time, at most a minute; a clock set back counts")
    func backOff() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.storage.block(with: error)
        try await bench.run {
            for time in [1.0, 3, 7, 15, 31, 63, 123] { #expect(try await bench.sleepThrough() == SampleStations.now(time)) }
            try await bench.clock.sleeper(until: SampleStations.now(183))
            #expect(bench.storage.proofs == 8)
            bench.clock.set(to: SampleStations.now(-3600))
            try await bench.clock.sleeper(until: SampleStations.now(-3540))
            #expect(bench.storage.proofs == 9)
        }
        #expect(bench.transport.requests.isEmpty)
    }

    @Test("Who asks in between moves the next try no further away")
    func askedInBetween() async throws {
        let bench = TokenBench(try SampleTokens.file(access: "a1", refresh: "r1", expiry: SampleStations.now(7200)))
        bench.storage.block(with: error)
        try await bench.run {
            try await bench.clock.sleeper(until: SampleStations.now(1))
            for _ in 0..<20 { #expect(await bench.keeper.obstacleToSignIn() == error) }
            for time in [1.0, 3, 7] { #expect(try await bench.sleepThrough() == SampleStations.now(time)) }
        }
    }

    @Test("A save that fails is told and tried again as the first one, however often the proof had failed")
    func saveAfterProofs() async throws {
        let bench = TokenBench(try SampleTokens.file(access: "a1", refresh: "r1", expiry: SampleStations.now(7200)))
        bench.storage.block(with: error)
        try await bench.run {
            for time in [1.0, 3, 7] { #expect(try await bench.sleepThrough() == SampleStations.now(time)) }
            try await bench.clock.sleeper(until: SampleStations.now(15))
            // Gone, the file holds the token no longer: it is in memory alone.
            bench.storage.replace(by: nil)
            await bench.keeper.noticeFileChange()
            try await bench.store.event("the failure") { $0 == .saveFailed(error, next: SampleStations.now(8)) }
        }
    }

    @Test("A working access token is used until it expires: the state is EXPIRING, then EXPIRED")
    func accessTokenIsUsed() async throws {
        let bench = try TokenBench(expiringAfter: 300)
        bench.storage.block(with: error)
        try await bench.run {
            try await bench.store.event("the reason") { $0 == .savingBlocked(error, next: SampleStations.now(1)) }
            #expect(bench.state == .expiring)
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a1"))
            try await bench.sleepThrough(until: "the expiry") { $0.events.contains { $0.kind == .tokenExpired } }
            #expect(bench.state == .expired)
        }
        #expect(bench.transport.requests.isEmpty)
    }

    @Test("It is proven once a start, before the first request, without a write and without news; renewals need no other")
    func once() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        let storage = bench.storage
        bench.transport.tokens(.grant("a2", "r2", seconds: 100), .grant("a3", "r3"))
        try await bench.run {
            try await bench.token(expiringAfter: 100)
            #expect(storage.proofs == 1)
            try await bench.sleepThrough(until: "another renewal") { $0.token.expiry ?? .distantPast > SampleStations.now(9000) }
        }
        #expect(storage.proofs == 1)
        #expect(!bench.events.contains { if case .tokenFileRemark = $0 { true } else { false } })
        #expect(bench.status.saving != .nothing)
    }

    @Test("A file that the user replaces meanwhile is looked at at once")
    func replacedMeanwhile() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.storage.block(with: error)
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run {
            try await bench.clock.sleeper(until: SampleStations.now(1))
            bench.storage.block(with: nil)
            bench.storage.replace(by: try SampleTokens.file(refresh: "theirs"))
            await bench.keeper.noticeFileChange()
            try await bench.token(expiringAfter: 10_800)
        }
        #expect(bench.transport.tokenRequests.map { $0.form["refresh_token"] } == [SampleTokens.secret("theirs")])
    }

    @Test("A save in place is told once, however many follow")
    func inPlace() async throws {
        let reason = FileError(operation: "create a new file beside it", code: EACCES)
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.storage.prove(by: WriteProof(way: .inPlace(because: reason)))
        bench.transport.tokens(.grant("a2", "r2", seconds: 100), .grant("a3", "r3"))
        try await bench.run {
            try await bench.sleepThrough(until: "two renewals") { $0.token.expiry ?? .distantPast > SampleStations.now(9000) }
        }
        #expect(bench.events.count { $0 == .tokenFileRemark(.inPlace(because: reason)) } == 1)
        #expect(
            bench.log.lines.contains {
                $0.hasPrefix(
                    "warning token warning: the token file is written in place, a power cut in that instant could harm it: can't create a new file beside it: Permission denied"
                )
            }, "\(bench.log.lines)")
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r3"))
    }

    @Test(
        "A file that others could read is told, with the mode that it had",
        arguments: [
            (0o644, 0o600, TokenFileRemark.narrowed(from: 0o644)), (0o640, 0o640, .openToOthers(mode: 0o640)), (0o600, 0o600, nil),
            (0o700, 0o600, nil),
        ]
            as [(UInt32, UInt32, TokenFileRemark?)]
    )
    func modes(before: UInt32, after: UInt32, remark: TokenFileRemark?) async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.storage.prove(by: WriteProof(way: .asWhole, modes: .init(before: before, after: after)))
        try await bench.run { try await bench.clock.sleepers(atLeast: 1) }
        let remarks = bench.events.compactMap { if case .tokenFileRemark(let remark) = $0 { remark } else { nil } }
        #expect(remarks == [remark].compactMap(\.self))
        if remark == .narrowed(from: 0o644) {
            #expect(
                bench.log.lines.contains {
                    $0.hasPrefix("info token narrowed: others could read the token file (mode 0644): it has the mode 0600 from now on")
                })
        }
    }

    @Test("Stopped meanwhile, nothing is lost: what is in memory is in the file as it is")
    func stopped() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.storage.block(with: error)
        try await bench.run { try await bench.clock.sleeper(until: SampleStations.now(1)) }
        #expect(bench.status.isSaved)
        #expect(!bench.status.canBeSaved)
        #expect(bench.events.last == .savingBlocked(error, next: SampleStations.now(1)), "nothing is unsaved")
    }

    @Test("A cut-off write that can't be finished stays beside the file, is tried again, and nothing is spent until then")
    func unfinished() async throws {
        let newer = try SampleTokens.file(access: "a2", refresh: "r2", expiry: SampleStations.now(300))
        let bench = TokenBench(try SampleTokens.file(access: "a1", refresh: "r1", expiry: SampleStations.now(-60)), unfinished: newer)
        bench.storage.block(with: error)
        bench.transport.tokens(.grant("a3", "r3"))
        try await bench.run {
            try await bench.clock.sleeper(until: SampleStations.now(1))
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a2"))
            #expect(bench.status.isSaved, "it is on the disk, beside the file")
            #expect(bench.transport.requests.isEmpty)
            bench.storage.block(with: nil)
            try await bench.sleepThrough(until: "the renewal") { $0.token.expiry ?? .distantPast > SampleStations.now(9000) }
        }
        #expect(bench.storage.proofs == 0, "a proof would begin by taking away what is beside the file")
        #expect(bench.transport.tokenRequests.map { $0.form["refresh_token"] } == [SampleTokens.secret("r2")])
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r3"))
    }

    @Test("Stopped before a cut-off write is finished, the token is still beside the file, so it is not lost")
    func unfinishedAtTheEnd() async throws {
        let newer = try SampleTokens.file(access: "a2", refresh: "r2", expiry: SampleStations.now(300))
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"), unfinished: newer)
        bench.storage.block(with: error)
        try await bench.run { try await bench.clock.sleeper(until: SampleStations.now(1)) }
        #expect(bench.status.isSaved)
        #expect(bench.storage.writeAttempts == 0)
    }
}
