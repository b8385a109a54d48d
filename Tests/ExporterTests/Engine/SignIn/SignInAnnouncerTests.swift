import Foundation
import NetatmoSimulator
import OperatingSystem
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI

@Suite("Addresses to sign in with that are announced by themselves")
struct SignInAnnouncerTests {
    private let bench = DeskBench()
    private let changes = WakeUp()

    private func announced(_ count: Int) async throws {
        let bench = bench
        _ = try await until("\(count) announcements", every: .milliseconds(1)) { bench.announced.count >= count ? true : nil }
    }

    @Test("Once the time of a browser that never came back is over, another one comes, though nothing else happened")
    func abandoned() async throws {
        let (bench, changes) = (bench, changes)
        try await running([SignInAnnouncer(desk: bench.desk, changes: changes, clock: bench.clock)]) { _ in
            try await announced(1)
            #expect(await bench.desk.redeem(key: bench.announced[0]))
            _ = await bench.desk.sendBrowserWithKey(redirectURI: bench.redirectURI)
            changes.ring()
            try await bench.clock.sleepers(atLeast: 1)
            #expect(bench.clock.deadlines == [SampleStations.now(600)])
            #expect(bench.announced.count == 1)
            bench.clock.advance(by: .seconds(600))
            try await announced(2)
            #expect(await bench.desk.endOfWaiting == nil, "or it would wait for a time that has come, without end")
        }
    }

    @Test("So does a token that is rejected")
    func rejected() async throws {
        let journal = Journal()
        try await EngineBench.run(
            file: TokenAttributes.refreshTokenOnly, announceSignIn: { _ in journal.note("announced") }
        ) { bench in
            try await bench.isUp()
            #expect(journal.entries.isEmpty)
            await bench.netatmo.revokeAll()
            try await bench.sleepThrough(until: "the rejection") { $0.token.state(at: .distantPast) == .rejected && !$0.data.isUp }
            _ = try await until("one", every: .milliseconds(1)) { !journal.entries.isEmpty ? true : nil }
        }
    }

    @Test("A sign-in that failed rings for one")
    func failed() async throws {
        let journal = Journal()
        try await EngineBench.run(announceSignIn: { _ in journal.note("announced") }) { bench in
            let desk = bench.engine.signIn
            _ = try await until("the first", every: .milliseconds(1)) { !journal.entries.isEmpty ? true : nil }
            let key = try #require(await desk.issueKey())
            #expect(await desk.redeem(key: key))
            // So that the one that was announced is no more good.
            bench.clock.advance(by: .seconds(600))
            let url = try #require(await desk.authorizeURL(redirectURI: "http://127.0.0.1/auth/callback"))
            let state = try #require(url.firstMatch(of: /state=([^&]+)/)).1
            let denied = try #require(AuthorizationAnswer(query: "state=\(state)&error=access_denied"))
            _ = try? await desk.complete(denied, redirectURI: "http://127.0.0.1/auth/callback")
            _ = try await until("the second", every: .milliseconds(1)) { journal.entries.count >= 2 ? true : nil }
        }
    }
}
