import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo
@testable import OperatingSystem

@Suite("A token file that was replaced and that NetAtmo has not judged yet")
struct UnjudgedFileTests {
    private let good = SampleTokens.secret("r1")

    /// What somebody may put into the file: a refresh token alone, and one beside an access token that works, or that has expired.
    private static let wrongFiles: [TimeInterval?] = [nil, 7200, -60]

    private func wrong(_ seconds: TimeInterval?) throws -> TokenAttributes {
        try SampleTokens.file(access: seconds == nil ? nil : "b1", refresh: "wrong", expiry: seconds.map { SampleStations.now($0) })
    }

    /// A bench that starts where another one ended.
    private func restart(_ bench: TokenBench) -> TokenBench {
        TokenBench(bench.storage.attributes, previous: bench.storage.previous)
    }

    private func isRefused(_ kind: Event.Kind) -> Bool {
        if case .takenOverRefused = kind { true } else { false }
    }

    @Test(
        "A wrong file, an end before the verdict, a start: the file is as it was, and the token before it comes back", arguments: wrongFiles
    )
    func stopBeforeVerdict(seconds: TimeInterval?) async throws {
        let first = try TokenBench(expiringAfter: 7200)
        for _ in 0..<4 { first.transport.tokens(.oauthError("invalid_grant")) }
        let file = try wrong(seconds)
        try await first.run {
            first.storage.replace(by: file)
            await first.keeper.noticeFileChange()
        }
        #expect(first.storage.attributes == file, "whoever put it there may be right")
        #expect(first.storage.previous?.refreshToken == good)

        let second = restart(first)
        for _ in 0..<4 { second.transport.tokens(.oauthError("invalid_grant")) }
        second.transport.tokens(.grant("a2", "r2"))
        try await second.run {
            try await second.sleepThrough(until: "the verdict") { $0.events.contains { isRefused($0.kind) } }
            #expect(try await second.keeper.accessToken() == SampleTokens.secret(seconds == 7200 ? "a2" : "a1"))
        }
        #expect(second.events.contains(.previousFound))
        #expect(second.storage.previous == nil)
        #expect(second.storage.attributes?.refreshToken != SampleTokens.secret("wrong"))
    }

    @Test("A kill is no worse than an end: the token before the file's is on the disk as soon as the file's is taken over")
    func kill() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        try await bench.run {
            bench.storage.replace(by: try wrong(7200))
            await bench.keeper.noticeFileChange()
            #expect(bench.storage.previous?.refreshToken == good)
        }
    }

    @Test("Replaced in the last moment, unseen, the token in memory is kept beside the file")
    func lastMoment() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        try await bench.run { bench.storage.replace(by: try wrong(7200)) }
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("wrong"))
        #expect(bench.storage.previous?.refreshToken == good)
    }

    @Test("A file that NetAtmo accepts, before the end or after the next start, is all that is left", arguments: [false, true])
    func accepted(isAfterRestart: Bool) async throws {
        let first = try TokenBench(expiringAfter: 7200)
        if !isAfterRestart { first.transport.tokens(.grant("b2", "s2")) }
        try await first.run {
            let works = try SampleTokens.file(access: "b1", refresh: "s1", expiry: SampleStations.now(7200))
            first.storage.replace(by: isAfterRestart ? works : try SampleTokens.file(refresh: "s1"))
            await first.keeper.noticeFileChange()
            if !isAfterRestart { try await first.token(expiringAfter: 10_800) }
        }
        #expect((first.storage.previous == nil) == !isAfterRestart)
        guard isAfterRestart else { return }
        let second = restart(first)
        second.transport.tokens(.grant("b2", "s2"))
        try await second.run {
            #expect(try await second.keeper.accessToken() == SampleTokens.secret("b1"), "the file's token comes first")
            #expect(await second.keeper.requestRenewal() == .started)
            try await second.token(expiringAfter: 10_800)
        }
        #expect(second.storage.previous == nil)
        #expect(second.storage.attributes?.refreshToken == SampleTokens.secret("s2"))
    }

    @Test("What is kept stays as long as the accepted token is not on the disk")
    func unsaved() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.transport.tokens(.grant("b2", "s2"))
        try await bench.run {
            bench.storage.replace(by: try wrong(7200))
            await bench.keeper.noticeFileChange()
            bench.storage.failWrites(with: MemoryTokenStorage.diskIsFull)
            #expect(await bench.keeper.requestRenewal() == .started)
            try await bench.store.event("the failed write") { if case .saveFailed = $0 { true } else { false } }
            try await bench.clock.sleeper(until: SampleStations.now(1))
            #expect(bench.storage.previous?.refreshToken == good)
            bench.storage.failWrites(with: nil)
            bench.clock.advance(by: .seconds(1))
            try await bench.store.event("the success") { $0 == .savedAtLast }
            try await bench.clock.sleepers(atLeast: 1)
            #expect(bench.storage.previous == nil)
        }
    }

    @Test("Saved at the end at last, the accepted token is all that is left")
    func savedAtTheEnd() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        bench.transport.tokens(.grant("b2", "s2"))
        try await bench.run {
            bench.storage.replace(by: try wrong(7200))
            await bench.keeper.noticeFileChange()
            bench.storage.failWrites(with: MemoryTokenStorage.diskIsFull)
            #expect(await bench.keeper.requestRenewal() == .started)
            try await bench.store.event("the failed write") { if case .saveFailed = $0 { true } else { false } }
            bench.storage.failWrites(with: nil)
        }
        #expect(bench.storage.attributes?.refreshToken == SampleTokens.secret("s2"))
        #expect(bench.storage.previous == nil)
    }

    @Test("Where it can't be kept that is told, and tried once more at the end")
    func diskIsFull() async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        try await bench.run {
            bench.storage.failWrites(with: MemoryTokenStorage.diskIsFull)
            bench.storage.replace(by: try wrong(7200))
            await bench.keeper.noticeFileChange()
            #expect(bench.events.contains(.previousNotKept(MemoryTokenStorage.diskIsFull)))
            bench.storage.failWrites(with: nil)
        }
        #expect(bench.storage.previous?.refreshToken == good)
    }

    /// A keeper of a file on the disk.
    private func keeper(of path: String, _ transport: ScriptedTransport, _ clock: ManualClock, _ store: SnapshotStore) -> TokenKeeper {
        let events = EventLog(publisher: store, logger: CollectedLog().logger)
        return TokenKeeper(
            file: TokenFile(path: path, system: LocalFileSystem()),
            oauth: OAuthClient(baseURL: "https://netatmo.test", credentials: SampleTokens.credentials, transport: transport),
            meter: APIMeter(publisher: store, clock: clock, events: events), clock: clock, publisher: store, events: events,
            random: { 0.5 }, onNewToken: {}
        )
    }

    @Test("Killed in a write right after the clock was set back: the only pair that works is older than the file, and comes back")
    func olderWrite() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("token.json")
        let pair = try SampleTokens.file(access: "a1", refresh: "r1", expiry: SampleStations.now(7200))
        let dead = try SampleTokens.file(access: "a0", refresh: "r0", expiry: SampleStations.now(7200))
        for (name, attributes) in [(path, dead), (path + ".tmp", pair)] {
            #expect(FileManager.default.createFile(atPath: name, contents: Data(try attributes.json())))
        }
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: path + ".tmp")
        let (transport, clock, store) = (ScriptedTransport(), ManualClock(), SnapshotStore())
        // An end before the verdict, which writes the file anew, must not lose it either.
        let first = keeper(of: path, transport, clock, store)
        try await first.load(renewExpired: false)
        try await running([first]) { _ in }
        for _ in 0..<4 { transport.tokens(.oauthError("invalid_grant")) }
        let second = keeper(of: path, transport, clock, store)
        try await second.load(renewExpired: false)
        try await running([second]) { _ in
            #expect(await second.requestRenewal() == .started)
            for seconds in [10.0, 45, 120] {
                try await clock.sleeper(until: SampleStations.now(seconds))
                clock.set(to: SampleStations.now(seconds))
            }
            try await store.event("the verdict") { isRefused($0) }
            #expect(try await second.accessToken() == SampleTokens.secret("a1"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path(".")) == ["token.json"])
        #expect(try TokenAttributes(json: Array(FileManager.default.contents(atPath: path) ?? Data())) == pair)
    }

    @Test("Beside a file without a refresh token, or with the same one, it counts for nothing", arguments: [nil, "r1"])
    func nothingElse(refresh: String?) async throws {
        let file = refresh == nil ? nil : try SampleTokens.file(access: "a1", refresh: refresh, expiry: SampleStations.now(7200))
        let bench = TokenBench(file, previous: try SampleTokens.file(refresh: "r1"))
        try await bench.run {}
        #expect(!bench.events.contains(.previousFound))
        #expect(bench.state == (refresh == nil ? .missing : .valid))
    }
}
