import Foundation
import ServiceLifecycle
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("Saving the token")
struct TokenSavingTests {
    private let error = MemoryTokenStorage.diskIsFull

    @Test("Where it fails the token is kept in memory and saved later, each try twice as long after the last; the history says so once")
    func retried() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.transport.tokens(.grant("a2", "r2"))
        bench.storage.failWrites(with: error)
        try await bench.run {
            try await bench.token(expiringAfter: 10_800)
            #expect(bench.state == .valid)
            #expect(try await bench.keeper.accessToken() == SampleTokens.secret("a2"))
            #expect(bench.status.saving == .failed(error, next: SampleStations.now(1)))
            for time in [1.0, 3, 7, 15, 31, 63, 123] { #expect(try await bench.sleepThrough() == SampleStations.now(time)) }
            try await bench.clock.sleeper(until: SampleStations.now(183))
            bench.storage.failWrites(with: nil)
            #expect(try await bench.sleepThrough() == SampleStations.now(183))
            try await bench.store.event("the success") { $0 == .savedAtLast }
            #expect(bench.status.saving == .saved(SampleStations.now(183)))
        }
        let failures = bench.events.filter { if case .saveFailed = $0 { true } else { false } }
        #expect(failures == [.saveFailed(error, next: SampleStations.now(1))])
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r2"))
    }

    @Test("A clock that is set back is no reason to wait longer")
    func clockSetBack() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.transport.tokens(.grant("a2", "r2"), .outage)
        bench.storage.failWrites(with: error)
        try await bench.run {
            try await bench.token(expiringAfter: 10_800)
            try await bench.clock.sleeper(until: SampleStations.now(1))
            bench.storage.failWrites(with: nil)
            bench.clock.set(to: SampleStations.now(-3600))
            try await bench.store.event("the success") { $0 == .savedAtLast }
        }
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r2"))
    }

    @Test("A clock that is set back while the disk holds up a write is noticed too: the token is renewed, as after any such clock")
    func clockSetBackInWrite() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.transport.tokens(.grant("a2", "r2"), .grant("a3", "r3"))
        bench.storage.failWrites(with: error)
        try await bench.run {
            try await bench.clock.sleeper(until: SampleStations.now(1))
            bench.storage.failWrites(with: nil)
            bench.storage.duringNextWrite { bench.clock.set(to: SampleStations.now(-3600)) }
            try await bench.sleepThrough()
            try await bench.token(expiringAfter: 7200)
        }
        #expect(bench.storage.writes.map(\.refreshToken).prefix(2) == [SampleTokens.secret("r2"), SampleTokens.secret("r3")])
    }

    @Test("Where that write fails the next one does not wait for as long as the clock went back")
    func clockSetBackInFailedWrite() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.transport.tokens(.grant("a2", "r2"), .outage)
        bench.storage.failWrites(with: error)
        try await bench.run {
            try await bench.clock.sleeper(until: SampleStations.now(1))
            bench.storage.duringNextWrite {
                bench.clock.set(to: SampleStations.now(-3600))
                bench.storage.duringNextWrite { bench.storage.failWrites(with: nil) }
            }
            try await bench.sleepThrough()
            try await bench.store.event("the success") { $0 == .savedAtLast }
            #expect(bench.clock.now == SampleStations.now(-3600))
        }
    }

    @Test("A token that is rejected before it could be saved is still saved: NetAtmo may be wrong, and the file's is dead for sure")
    func rejectedUnsaved() async throws {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.transport.tokens(.grant("a2", "r2", seconds: 2))
        for _ in 0..<4 { bench.transport.tokens(.oauthError("invalid_grant")) }
        bench.storage.failWrites(with: error)
        try await bench.run {
            try await bench.sleepThrough(until: "the rejection") { $0.token.state(at: SampleStations.now) == .rejected }
            bench.storage.failWrites(with: nil)
            try await bench.sleepThrough(until: "the success") { $0.events.contains { $0.kind == .savedAtLast } }
            #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r2"))
            #expect(await bench.comesToRest())
        }
    }

    @Test("At shutdown a valid token is saved once more")
    func shutdown() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        try await bench.run {}
        #expect(!bench.events.contains(.stopWaits), "there is nothing to wait for")
        #expect(bench.storage.writes.map(\.accessToken) == [SampleTokens.secret("a1")])
        #expect(bench.storage.writeAttempts == 1)
    }

    @Test("Where that fails and the file does not hold it any more an error is told, and it is not tried again")
    func shutdownFails() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        try await bench.run {
            bench.storage.replace(by: nil)
            bench.storage.failWrites(with: error)
        }
        #expect(bench.storage.writeAttempts == 1)
        #expect(bench.events.last == .saveFailed(error, next: nil))
        #expect(bench.log.lines.contains { $0.hasPrefix("error token unsaved: not tried again: token file /token.json") })
    }

    @Test("Where the file holds it already nothing is unsaved, and no such thing is told", arguments: [false, true])
    func shutdownFailsForNothing(isBlocked: Bool) async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        if isBlocked { bench.storage.block(with: error) }
        try await bench.run {
            if isBlocked { try await bench.store.event("the reason") { $0 == .savingBlocked(error, next: SampleStations.now(1)) } }
            bench.storage.failWrites(with: error)
        }
        #expect(!bench.events.contains { if case .saveFailed = $0 { true } else { false } })
        #expect(bench.status.isSaved)
        #expect(bench.storage.writeAttempts == (isBlocked ? 0 : 1), "where nothing can be written there is nothing to leave traces of")
    }

    /// Runs a keeper whose token `a2`, `r2` could not be saved, and has expired by the time of `body`.
    private func unsavedAndExpired(_ body: @escaping @Sendable (TokenBench) async throws -> Void) async throws -> TokenBench {
        let bench = TokenBench(try SampleTokens.file(refresh: "r1"))
        bench.transport.tokens(.grant("a2", "r2"))
        bench.storage.failWrites(with: error)
        try await bench.run {
            try await bench.token(expiringAfter: 10_800)
            try await bench.clock.sleepers(atLeast: 1)
            bench.clock.set(to: SampleStations.now(10_800))
            try await bench.store.event("the expiry") { $0 == .tokenExpired }
            try await body(bench)
        }
        return bench
    }

    @Test("At shutdown a token that could not be saved is written, however old: its refresh token is the only one in force")
    func unsavedAtShutdown() async throws {
        let bench = try await unsavedAndExpired { bench in
            #expect(bench.storage.writes.isEmpty)
            bench.storage.failWrites(with: nil)
        }
        #expect(bench.storage.writes.map(\.refreshToken) == [SampleTokens.secret("r2")])
        #expect(bench.status.saving == .saved(SampleStations.now(10_800)))
    }

    @Test("Where that fails too the status says so")
    func unsavedAtShutdownFails() async throws {
        let bench = try await unsavedAndExpired { _ in }
        #expect(bench.storage.writes.isEmpty)
        #expect(bench.events.last == .saveFailed(error, next: nil))
        #expect(bench.status.saving == .failed(error, next: .afterAnyClock))
    }

    @Test("At shutdown an expiry that was assumed is not written")
    func assumedExpiry() async throws {
        let bench = TokenBench(try SampleTokens.file(access: "a1", refresh: "r1"))
        bench.transport.tokens(.outage)
        try await bench.run {
            // The token is taken to work for a second, in which the program stops.
            try await bench.store.first("the failure") { $0.token.failures == 1 }
            let token = try await bench.keeper.accessToken()
            #expect(token == SampleTokens.secret("a1"))
        }
        #expect(bench.storage.writeAttempts == 0)
        #expect(bench.storage.attributes?.expiry == nil)
    }

    @Test("After a renewal the expiry is no assumption any more, and the token saved at shutdown")
    func expiryKnownAfterRenewal() async throws {
        let bench = TokenBench(try SampleTokens.file(access: "a1", refresh: "r1"))
        bench.transport.tokens(.grant("a2", "r2"))
        try await bench.run { try await bench.token(expiringAfter: 10_800) }
        #expect(bench.storage.writes.map(\.expiry) == [SampleStations.now(10_800), SampleStations.now(10_800)])
    }

    @Test("A request that is under way at shutdown is waited for, which is told once, and its token saved")
    func shutdownDuringRequest() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        let gate = Gate()
        bench.transport.tokens(Reply.grant("a2", "r2").held(by: gate))
        try await bench.keeper.load(renewExpired: false)
        try await running([bench.keeper]) { group in
            #expect(await bench.keeper.requestRenewal() == .started)
            try await bench.transport.requests(atLeast: 1)
            #expect(!bench.events.contains(.stopWaits))
            await group.triggerGracefulShutdown()
            try await bench.store.event("the wait") { $0 == .stopWaits }
            #expect(bench.storage.writeAttempts == 0)
            gate.open()
        }
        #expect(bench.events.count { $0 == .stopWaits } == 1)
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r2"))
        #expect(bench.storage.writes.map(\.accessToken) == ["a2", "a2"].map(SampleTokens.secret))
    }

    @Test("Cancelling does not cut off a request that rotates the tokens")
    func cancelledDuringRequest() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        let gate = Gate()
        bench.transport.tokens(Reply.grant("a2", "r2").held(by: gate))
        try await bench.keeper.load(renewExpired: false)
        let run = Task { await bench.keeper.run() }
        #expect(await bench.keeper.requestRenewal() == .started)
        try await bench.transport.requests(atLeast: 1)
        run.cancel()
        gate.open()
        await run.value
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("r2"))
    }

    @Test("After the end orders are refused, and those that waited are told")
    func afterTheEnd() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        let gate = Gate()
        bench.transport.tokens(Reply.grant("a2", "r2").held(by: gate))
        try await bench.keeper.load(renewExpired: false)
        try await running([bench.keeper]) { group in
            #expect(await bench.keeper.requestRenewal() == .started)
            try await bench.transport.requests(atLeast: 1)
            async let queued = bench.keeper.perform(.adopt(refreshToken: SampleTokens.secret("brought")))
            await group.triggerGracefulShutdown()
            // The keeper learns of it on another thread.
            try await bench.store.event("the keeper's word that it waits") { $0 == .stopWaits }
            gate.open()
            #expect(await queued == .stopped)
        }
        #expect(await bench.keeper.perform(.refresh) == .stopped)
        #expect(await bench.keeper.requestRenewal() == .nothingToRenew)
        #expect(bench.transport.requests.count == 1)
    }
}
