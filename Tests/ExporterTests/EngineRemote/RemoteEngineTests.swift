import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import EngineRemote
@testable import Homes
@testable import OperatingSystem
@testable import Server

@Suite("An engine in another process, by its control socket")
struct RemoteEngineTests {
    /// The first snapshot that is as wanted.
    private func first(_ engine: RemoteEngine, _ what: String, where isWanted: @escaping @Sendable (Snapshot) -> Bool) async throws
        -> Snapshot
    {
        try await waiting(for: what) {
            for await snapshot in engine.snapshots() where isWanted(snapshot) { return snapshot }
            throw NothingCame(what: what)
        }
    }

    @Test("is shown as it is, and as it changes")
    func follows() async throws {
        let bench = try ControlBench()
        bench.store.publish(DataStatus(stations: SampleStations.all, fetchedAt: SampleStations.now))
        bench.note("one")
        try await bench.serving {
            try await bench.attached { engine in
                let snapshot = try await first(engine, "the readings") { !$0.data.stations.isEmpty }
                #expect(snapshot.data == bench.store.snapshot.data)
                #expect(snapshot.connection == .attached(StateBench.engine))
                bench.store.update { $0.signIn = .exchanging }
                _ = try await first(engine, "the change") { $0.signIn == .exchanging }
                bench.note("two")
                let log = try await waiting(for: "the log") {
                    for await log in engine.logs() where log.lines.count == 2 { return log }
                    throw NothingCame(what: "the log")
                }
                #expect(log.lines.map(\.message) == ["one", "two"])
            }
            try await bench.logged("screen detached")
        }
    }

    @Test("gives the answers of the engine to all that is asked of it")
    func answers() async throws {
        let bench = try ControlBench()
        let soon = SampleStations.now(600)
        var measured = MeasureHistory(measures: [.temperature, .co2])
        measured.append(at: SampleStations.now(-600)) { $0 == .co2 ? 913 : nil }
        measured.append(at: SampleStations.now) { $0 == .co2 ? nil : -3.6 }
        let history = measured
        let subject = HistorySubject(deviceID: "70:ee:50&x=1", moduleID: "02 ü/?#", measures: [.temperature, .co2])
        try await bench.serving {
            try await bench.attached { engine in
                for reply in [.started, .alreadyUnderWay, .heldBack(until: soon), .noToken] as [FetchReply] {
                    bench.engine.answer { $0.fetch = reply }
                    #expect(await engine.requestFetch() == reply)
                }
                for reply in [.started, .nothingToRenew, .notSavable(SampleEvents.fullDisk)] as [RenewalReply] {
                    bench.engine.answer { $0.renewal = reply }
                    #expect(await engine.requestRenewal() == reply)
                }
                #expect(await engine.offerSignIn() == nil)
                for phone in ["complete", "toBePasted", ""] {
                    let address = Secret("http://192.168.0.2:9210/auth?key=5f1e&x=\"")
                    let told: PhoneAddress =
                        switch (phone, address) {
                        case ("complete", let address?): .complete(address)
                        case ("toBePasted", let address?): .toBePasted(address)
                        default: .unreachable
                        }
                    let local = try #require(Secret("http://localhost:9210/a?key=1"))
                    let netatmo = try #require(Secret("https://api.netatmo.com/oauth2?state=2"))
                    bench.engine.answer {
                        $0.offer = SignInOffer(
                            localURL: local, browserURL: "http://localhost:9210/a", netatmoURL: netatmo, phone: told, expires: soon)
                    }
                    let offer = try #require(await engine.offerSignIn())
                    #expect(offer.localURL == local && offer.netatmoURL == netatmo)
                    #expect(offer.browserURL == "http://localhost:9210/a" && offer.expires == soon)
                    switch (offer.phone, told) {
                    case (.complete(let one), .complete(let two)), (.toBePasted(let one), .toBePasted(let two)): #expect(one == two)
                    case (.unreachable, .unreachable): break
                    default: Issue.record("another phone address than \(phone)")
                    }
                }
                let pasted = try #require(Secret("pasted \"secret\"\n\u{1F3D4}"))
                for error in [.unknownState, .notSavable(SampleEvents.fullDisk), .unreadable(.noAnswer(host: "x"))] as [SignInError] {
                    bench.engine.answer { $0.signIn = .failed(error) }
                    await #expect(throws: error) { try await engine.signIn(pasting: pasted) }
                }
                bench.engine.answer { $0.signIn = .signedIn(until: soon) }
                #expect(try await engine.signIn(pasting: pasted) == soon)
                #expect(bench.engine.asked.last == "sign-in \(pasted.reveal())")

                for error in [.noToken, .overtaken, .failed(NetatmoError(.outage, status: 503), next: soon)] as [HistoryError] {
                    bench.engine.answer { $0.history = .failed(error) }
                    await #expect(throws: error) { try await engine.history(of: subject) }
                }
                bench.engine.answer { $0.history = .history(history) }
                let told = try await engine.history(of: subject)
                #expect(told.measures == history.measures && told.times == history.times)
                #expect(
                    told.points(of: .temperature) == history.points(of: .temperature) && told.points(of: .co2) == history.points(of: .co2))
                #expect(bench.engine.asked.last == "history 70:ee:50&x=1 02 ü/?# temperature,co2")
                #expect(!bench.log.lines.contains { $0.contains("pasted \"secret") })

                #expect(await engine.keptHistories().isEmpty)
                bench.engine.answer { $0.kept = ["70:ee": history, "": MeasureHistory(measures: [])] }
                let kept = await engine.keptHistories()
                #expect(kept.count == 2 && kept["70:ee"]?.points(of: .co2) == history.points(of: .co2))
            }
        }
    }

    @Test("that ends is lost, with all that is known of it, and is back once it runs again; meanwhile it can't be asked")
    func lostAndBack() async throws {
        let bench = try ControlBench()
        let clock = ManualClock()
        bench.store.publish(DataStatus(stations: SampleStations.all, fetchedAt: SampleStations.now))
        let (starts, start) = AsyncStream.makeStream(of: Void.self)
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await bench.serving {
                    start.yield()
                    _ = await stops.first { _ in true }
                }
            }
            _ = await starts.first { _ in true }
            try await bench.attached(clock: clock) { engine in
                _ = try await first(engine, "the readings") { !$0.data.stations.isEmpty }
                stop.yield()
                let lost = try await first(engine, "the loss") { if case .lost = $0.connection { true } else { false } }
                guard case .lost(StateBench.engine, let since, _) = lost.connection else { throw NothingCame(what: "the loss") }
                #expect(since == SampleStations.now)
                #expect(lost.data == bench.store.snapshot.data, "nothing is forgotten")
                _ = try await until("the socket's end", every: .milliseconds(2)) { bench.socket.presence() == .absent ? true : nil }
                #expect(await engine.requestFetch() == .unreachable)
                #expect(await engine.requestRenewal() == .unreachable)
                #expect(await engine.offerSignIn() == nil)
                #expect(await engine.keptHistories().isEmpty)
                let secret = try #require(Secret("x"))
                await #expect(throws: SignInError.unreachable) { try await engine.signIn(pasting: secret) }
                await #expect(throws: HistoryError.unreachable) {
                    try await engine.history(of: HistorySubject(deviceID: "a", moduleID: nil, measures: [.co2]))
                }
                for _ in 0..<4 { try await clock.wakeNext() }
                let later = try await first(engine, "a failed try") {
                    if case .lost(_, _, .noEngine) = $0.connection { true } else { false }
                }
                #expect(later.connection == .lost(StateBench.engine, since: since, .noEngine(path: bench.socket.path)))

                bench.store.update { $0.signIn = .failed(reason: "while it was away") }
                try await bench.serving {
                    let sleptUntil = try await clock.wakeNext()
                    #expect(sleptUntil.timeIntervalSince(since) <= 5)
                    let back = try await first(engine, "the engine again") { if case .attached = $0.connection { true } else { false } }
                    #expect(back.signIn == .failed(reason: "while it was away"))
                    #expect(back.data == bench.store.snapshot.data)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("is none at first: that is said in a line, and nothing is tried again")
    func nothingThere() async throws {
        let bench = try ControlBench()
        await #expect(throws: EngineConnectionError.noEngine(path: bench.socket.path)) { try await bench.attached { _ in } }
        let listener = try ListeningSocket(bench.socket.path)
        listener.close()
        await #expect(throws: EngineConnectionError.noEngine(path: bench.socket.path)) { try await bench.attached { _ in } }
        try FileManager.default.removeItem(atPath: bench.socket.path)
        try makeFile(bench.socket.path, "")
        await #expect(throws: EngineConnectionError.foreignSocket(path: bench.socket.path, reason: "is no socket")) {
            try await bench.attached { _ in }
        }
    }

    @Test(
        "of another version, or no engine at all, is said in a line",
        arguments: [
            (
                #"{"version":2,"engine":{"build":{"version":"9.9"}}}"# + "\n",
                "the engine is netatmo-dashboard 9.9, this is 1.2.3: restart the one that is older after its update"
            ),
            ("hello\n", "does not answer as netatmo-dashboard does: a first line that is no state"),
            (nil, "does not answer as netatmo-dashboard does: HTTP 404 for /v1/state"), ("", "the engine ended the connection"),
            ("{", "the engine ended the connection"),
        ] as [(String?, String)])
    func others(line: String?, reason: String) async throws {
        let bench = try ControlBench()
        let head = line == nil ? "HTTP/1.1 404 Not Found" : "HTTP/1.1 200 OK"
        let body = line ?? ""
        try await AnsweringSocket.running(
            bench.socket.path, answer: "\(head)\r\nContent-Length: \(body.utf8.count + (body == "{" ? 1 : 0))\r\n\r\n\(body)"
        ) {
            let error = await #expect(throws: EngineConnectionError.self) { try await bench.attached { _ in } }
            #expect(error.map { "\($0)".hasSuffix(reason) } == true, "\(String(describing: error))")
        }
    }

    @Test("that does not answer is not waited for without end")
    func silent() async throws {
        let bench = try ControlBench()
        let listener = try ListeningSocket(bench.socket.path)
        defer { listener.close() }
        let error = await #expect(throws: EngineConnectionError.self) {
            try await waiting(for: "an end", limit: .seconds(30)) { try await bench.attached { _ in } }
        }
        #expect(error == .unreachable(path: bench.socket.path, reason: "no answer within 5 s"))
    }

    @Test("is the user's own, root's or the token file owner's, in a directory that nobody else may change")
    func ownership() throws {
        let bench = try ControlBench()
        let listener = try ListeningSocket(bench.socket.path)
        defer { listener.close() }
        func check(tokenFile: String? = nil) -> EngineConnectionError? {
            do throws(EngineConnectionError) {
                try SocketOwnership(tokenFile: tokenFile).check(bench.socket)
                return nil
            } catch {
                return error
            }
        }
        func foreign(_ reason: String) -> EngineConnectionError { .foreignSocket(path: bench.socket.path, reason: reason) }
        let writable = foreign("lies in a directory that other users may change")
        #expect(check() == nil)
        for (mode, error) in [(0o755, nil), (0o770, writable), (0o702, writable), (0o1777, nil), (0o1770, nil), (0o700, nil)]
            as [(mode_t, EngineConnectionError?)]
        {
            #expect(chmod(bench.directory, mode) == 0)
            #expect(check() == error, "\(String(mode, radix: 8))")
        }
        #expect(SocketOwnership.missing == .noEngine(path: "/nonexistent/s"))
        guard geteuid() == 0 else { return }
        #expect(chown(bench.socket.path, 4711, 0) == 0)
        #expect(check() == foreign("belongs to user 4711"))
        let file = bench.directory + "/token.json"
        try makeFile(file, "{}")
        #expect(check(tokenFile: file) == foreign("belongs to user 4711"))
        #expect(check(tokenFile: bench.directory + "/none") == foreign("belongs to user 4711"))
        #expect(chown(file, 4711, 0) == 0)
        #expect(check(tokenFile: file) == nil)
        #expect(chown(bench.directory, 4712, 0) == 0)
        #expect(check(tokenFile: file) == writable, "whose directory it is may put another in its place")
    }
}

extension SocketOwnership {
    /// What is said of a socket that is not there.
    fileprivate static var missing: EngineConnectionError? {
        do throws(EngineConnectionError) {
            try SocketOwnership(tokenFile: nil).check(UnixSocket(path: "/nonexistent/s"))
            return nil
        } catch {
            return error
        }
    }
}
