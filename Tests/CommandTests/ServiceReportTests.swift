import Foundation
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem
@testable import netatmo_dashboard

@Suite("What a service manager is told of the exporter")
struct ServiceReportTests {
    private let folder: TemporaryFolder
    private let manager: ManagerSocket
    private let store = SnapshotStore()
    private let clock = ManualClock()
    /// What listens answers.
    private let serving = Gate()

    init() throws {
        folder = try TemporaryFolder()
        manager = try ManagerSocket(at: folder.path("notify"))
    }

    private func report(watchdog: Duration? = nil, _ body: @escaping @Sendable () async throws -> Void) async throws {
        try await report(watchdog: watchdog, takeTurns: {}, body)
    }

    /// Reports while `body` runs, and until the end of the program that follows.
    private func report(
        watchdog: Duration?, takeTurns: @escaping @Sendable () async -> Void, _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        let report = ServiceReport(
            to: try #require(NotificationSocket(manager.address)), watchdog: watchdog, store: store, clock: clock,
            untilServing: { [serving] in try? await serving.pass() }, takeTurns: takeTurns)
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [report.configuration, report.endNotice], gracefulShutdownSignals: [], logger: quiet))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            do {
                try await body()
            } catch {
                tasks.cancelAll()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    private func token(seconds: TimeInterval, renewal: TokenStatus.Renewal = .idle) -> TokenStatus {
        let expiry = clock.now.addingTimeInterval(seconds)
        return TokenStatus(
            possession: .token(expiry: expiry, lifetime: 10_800, renewsAt: expiry), renewal: renewal, saving: .saved(clock.now))
    }

    private func publish(_ token: TokenStatus) {
        store.update { $0.token = token }
    }

    private var expiry: String { RFC3339.text(clock.now.addingTimeInterval(9600)) }

    @Test("that it is ready only once all that listens answers, and that it ends as soon as it begins to")
    func phases() async throws {
        publish(token(seconds: 9600))
        let status = "STATUS=Token: VALID, expires at \(expiry)"
        try await report {
            try await manager.wait(for: "the state") { !$0.isEmpty }
            #expect(manager.messages == [status])
            serving.open()
            try await manager.wait(for: "that it is ready") { $0.count > 1 }
        }
        #expect(manager.messages == [status, "READY=1", "STOPPING=1"])
    }

    @Test("the token's state in the screen's words, what is wrong and what comes next, only where that changes, and in one line")
    func states() async throws {
        try await report {
            try await manager.wait(for: "the first state") { $0.contains { $0.hasSuffix("STATUS=Token: NO TOKEN; sign in") } }
            publish(token(seconds: 9600))
            try await manager.wait(for: "the token") { $0.last == "STATUS=Token: VALID, expires at \(expiry)" }
            // Nothing of it is the token's.
            store.noteScrape(at: clock.now)
            let error = NetatmoError(.outage, status: 503, message: "down\nREADY=0")
            publish(token(seconds: 9600, renewal: .failing(error, tries: 1, next: nil)))
            try await manager.wait(for: "the failure") { $0.last?.contains("the last renewal failed") ?? false }
        }
        let messages = manager.messages
        #expect(messages.count == 4, "\(messages)")
        #expect(messages[2].hasPrefix("STATUS=Token: EXPIRING, expires at \(expiry); the last renewal failed: "))
        #expect(messages[2].split(separator: "\n").count == 1)
    }

    @Test("that a token has expired, which nothing but the time brings about")
    func expires() async throws {
        publish(TokenStatus(possession: .token(expiry: clock.now.addingTimeInterval(60), lifetime: 100, renewsAt: nil)))
        try await report {
            try await manager.wait(for: "the state") { !$0.isEmpty }
            for _ in 1...2 { try await clock.wakeNext() }
            try await manager.wait(for: "the expiry") { $0.last?.hasPrefix("STATUS=Token: EXPIRED, expired at ") ?? false }
        }
    }

    @Test(
        "that the end waits for NetAtmo's answer, and how much longer it may take, where a request for a token is under way; else no time")
    func pendingToken() async throws {
        serving.open()
        publish(token(seconds: 9600, renewal: .underWay(since: clock.now)))
        try await report {
            try await manager.wait(for: "that it is ready") { $0.contains { $0.hasPrefix("READY=1") } }
        }
        let last = try #require(manager.messages.last?.split(separator: "\n"))
        #expect(last.prefix(2) == ["STOPPING=1", "EXTEND_TIMEOUT_USEC=40000000"])
        #expect(
            last.count == 3 && last[2].hasPrefix("STATUS=Token: RENEWING") && last[2].hasSuffix("NetAtmo has answered, in at most 30 s"))
        #expect(manager.lines.filter { $0.hasPrefix("EXTEND_TIMEOUT_USEC") }.count == 1)
    }

    @Test("again what there was no room for, in its newest form, once there is")
    func full() async throws {
        let other = try #require(NotificationSocket(manager.address))
        while other.send(["X=1"]) == .sent {}
        serving.open()
        try await report {
            try await clock.sleepers(atLeast: 1)
            publish(token(seconds: 9600))
            #expect(Set(manager.lines) == ["X=1"])
            try await clock.wakeSleepers { manager.lines.contains { $0.contains("VALID") } }
        }
        let told = manager.lines.filter { $0 != "X=1" }
        let status = "STATUS=Token: VALID, expires at \(RFC3339.text(SampleStations.now(9600)))"
        #expect(told.sorted() == ["READY=1", status, "STOPPING=1"])
        #expect(told.last == "STOPPING=1")
    }

    // MARK: That it works

    private var watchdogs: Int { manager.lines.count { $0 == "WATCHDOG=1" } }

    @Test("twice in the time of the watchdog that it works")
    func watchdog() async throws {
        let start = clock.now
        try await report(watchdog: .seconds(300)) {
            for count in 1...4 {
                try await manager.wait(for: "watchdog \(count)") { _ in watchdogs == count }
                try await clock.sleeper(until: start.addingTimeInterval(150 * Double(count)))
                if count < 4 { try await clock.wakeNext() }
            }
        }
        #expect(watchdogs == 4)
    }

    @Test("nothing more of that while a part hangs, however long, but all else; and again once it goes on")
    func hang() async throws {
        let (turns, turn) = AsyncStream.makeStream(of: Void.self)
        let hangs = Journal()
        let mended = Gate()
        try await report(
            watchdog: .seconds(300),
            takeTurns: {
                turn.yield()
                if !hangs.entries.isEmpty {
                    hangs.note("turn")
                    try? await mended.pass()
                }
            }
        ) {
            var iterator = turns.makeAsyncIterator()
            _ = await iterator.next()
            try await clock.sleepers(atLeast: 1)
            #expect(watchdogs == 1)
            hangs.note("from now on")
            try await clock.wakeNext()
            _ = await iterator.next()
            for seconds in [1200, 2400] {
                clock.advance(by: .seconds(1200))
                publish(token(seconds: TimeInterval(seconds)))
                let time = RFC3339.text(clock.now.addingTimeInterval(TimeInterval(seconds)))
                try await manager.wait(for: "the token") { $0.last?.hasSuffix(time) ?? false }
            }
            #expect(watchdogs == 1)
            mended.open()
            try await manager.wait(for: "that it works") { _ in watchdogs == 2 }
        }
    }
}
