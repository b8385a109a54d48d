import AsyncHTTPClient
import Foundation
import Glibc
import NetatmoSimulator
import ServiceLifecycle
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import EngineRemote
@testable import Homes
@testable import OperatingSystem
@testable import Server

@Suite("An engine that a screen is attached to")
struct AttachedEngineTests {
    private static let release = "1.2.3"

    /// Attaches to what is at a socket while `body` runs.
    private func attached(
        to socket: UnixSocket, clock: ManualClock = ManualClock(),
        _ body: @escaping @Sendable (RemoteEngine, EngineDescription) async throws -> Void = { _, _ in }
    ) async throws {
        try await waiting(for: "the end of what is done with \(socket)") {
            try await RemoteEngine.attach(
                to: socket, ownership: SocketOwnership(tokenFile: nil), clock: clock, release: Self.release, body)
        }
    }

    /// What an attempt to attach fails with.
    private func failure(of socket: UnixSocket) async throws -> EngineConnectionError {
        try #require(await #expect(throws: EngineConnectionError.self) { try await attached(to: socket) })
    }

    // MARK: - What it tells

    @Test("its snapshots are the engine's own, but for the connection, at first and after each change")
    func snapshots() async throws {
        let bench = try ControlSocketBench()
        bench.fill()
        try await bench.run {
            try await attached(to: bench.socket) { engine, description in
                #expect(description == ControlSocketBench.description)
                let first = try await engine.first("the first snapshot") { _ in true }
                #expect(first.connection == .attached(ControlSocketBench.description))
                expectSame(first, bench.store.snapshot)
                bench.store.update {
                    $0.token = TokenStatus(
                        possession: .refreshTokenOnly, renewal: .underWay(since: SampleStations.now), saving: .saved(SampleStations.now(-1))
                    )
                    $0.signIn = .succeeded(until: SampleStations.now(10_800))
                    $0.events.append(Event(time: SampleStations.now(1), kind: .stopWaits))
                }
                bench.store.noteScrape(at: SampleStations.now(30))
                var data = bench.store.snapshot.data
                data.stations.removeFirst()
                data.fetchedAt = SampleStations.now(480)
                bench.store.publish(data)
                let second = try await engine.first("the changes") { $0.data.fetchedAt == SampleStations.now(480) }
                expectSame(second, bench.store.snapshot)
                #expect(second.data.stations == [SampleStations.hytte])
            }
            try await bench.logged("control screen detached")
        }
    }

    private func expectSame(_ remote: Snapshot, _ own: Snapshot) {
        #expect(remote.token == own.token)
        #expect(remote.data == own.data)
        #expect(remote.events == own.events)
        #expect(remote.forgottenEvents == own.forgottenEvents)
        #expect(remote.exporter == own.exporter)
        #expect(remote.signIn == own.signIn)
        #expect(remote.lastScrape == own.lastScrape)
    }

    @Test("its rooms are the engine's, at first and when one of them changes")
    func rooms() async throws {
        let bench = try ControlSocketBench()
        bench.fill()
        bench.store.publish(SampleEnergy.readings())
        try await bench.run {
            try await attached(to: bench.socket) { engine, _ in
                let first = try await engine.first("the first snapshot") { _ in true }
                #expect(first.energy == SampleEnergy.readings())
                let warmer = SampleEnergy.readings([SampleEnergy.home(rooms: [SampleEnergy.living(22, isWindowOpen: true)])], at: 480)
                bench.store.publish(warmer)
                let second = try await engine.first("the change") { $0.energy?.fetchedAt == SampleStations.now(480) }
                #expect(second.energy == warmer && second.data == first.data)
                #expect(second.shownStations.last?.base.readings?[.temperature] == 22)
            }
        }
    }

    @Test("its log is the engine's, at first and with each line that comes")
    func logs() async throws {
        let bench = try ControlSocketBench()
        bench.fill()
        try await bench.run {
            try await attached(to: bench.socket) { engine, _ in
                try await waiting(for: "the log") {
                    for await tail in engine.logs() where tail.end == 2 {
                        #expect(tail == bench.tail.tail)
                        break
                    }
                    bench.tail.write("a third line")
                    for await tail in engine.logs() where tail.end == 3 {
                        #expect(tail == bench.tail.tail)
                        break
                    }
                }
            }
        }
    }

    @Test("its log is told with its lines, not with all else that happens")
    func quietLog() async throws {
        let bench = try ControlSocketBench()
        bench.fill()
        try await bench.run {
            try await attached(to: bench.socket) { engine, _ in
                let logs = Journal()
                let reader = Task { for await tail in engine.logs() { logs.note("up to line \(tail.end)") } }
                defer { reader.cancel() }
                _ = try await until("the log", every: .milliseconds(1)) { logs.entries.last == "up to line 2" ? true : nil }
                for second in 1...5 {
                    bench.store.update { $0.token = ControlSocketBench.token(seconds: Double(second)) }
                    try await engine.first("a change") { $0.token == ControlSocketBench.token(seconds: Double(second)) }
                    for _ in 0..<100 { await Task.yield() }
                }
                bench.tail.write("a third line")
                _ = try await until("the line", every: .milliseconds(1)) { logs.entries.last == "up to line 3" ? true : nil }
                #expect(logs.entries.suffix(2) == ["up to line 2", "up to line 3"])
                #expect(logs.entries.count { $0 == "up to line 2" } == 1)
            }
        }
    }

    // MARK: - What is asked of it

    @Test("what it is asked the engine is asked, and its answers are the engine's")
    func requests() async throws {
        let bench = try ControlSocketBench()
        try await bench.run {
            try await attached(to: bench.socket) { engine, _ in
                #expect(await engine.requestFetch() == PlayedEngine.fetchReply)
                #expect(await engine.requestRenewal() == PlayedEngine.renewalReply)
                let offer = try #require(await engine.offerSignIn())
                #expect(offer.localURL == PlayedEngine.offer.localURL)
                #expect(offer.browserURL == PlayedEngine.offer.browserURL)
                #expect(offer.netatmoURL == PlayedEngine.offer.netatmoURL)
                #expect(offer.expires == PlayedEngine.offer.expires)
                guard case (.toBePasted(let address), .toBePasted(let own)) = (offer.phone, PlayedEngine.offer.phone) else {
                    Issue.record("the phone's address is another")
                    return
                }
                #expect(address == own)
                #expect(try await engine.signIn(pasting: SampleTokens.secret("pasted |\"\n東京")) == PlayedEngine.signedInUntil)
                #expect(bench.engine.pastedTexts == ["pasted |\"\n東京"])
                let subject = HistorySubject(deviceID: "70:ee:50&a=b", moduleID: "05:00 + ü/?#", measures: [.temperature, .humidity])
                let history = try await engine.history(of: subject)
                #expect(history.measures == PlayedEngine.history.measures && history.times == PlayedEngine.history.times)
                for measure in subject.measures { #expect(history.points(of: measure) == PlayedEngine.history.points(of: measure)) }
                _ = try await engine.history(of: HistorySubject(deviceID: "70:ee", moduleID: nil, measures: [.co2], scale: .day))
                _ = try await engine.history(of: HistorySubject(room: "1&kind=device", ofHome: "h", measures: [.setpoint], scale: .hour))
                let kept = await engine.keptHistories()
                #expect(kept.keys.sorted() == ["05:00"])
                for measure in subject.measures { #expect(kept["05:00"]?.points(of: measure) == PlayedEngine.history.points(of: measure)) }
                #expect(
                    bench.engine.requests == [
                        "fetch", "renewal", "offer", "paste", "history of 70:ee:50&a=b, 05:00 + ü/?#: \(subject.measures)",
                        "history of 70:ee, itself: \([Measure.co2]) at 1day",
                        "history of room h, 1&kind=device: \([Measure.setpoint]) at 1hour", "kept histories",
                    ])
            }
        }
    }

    @Test("where the engine fails to do what it is asked, its reasons are told")
    func failures() async throws {
        let bench = try ControlSocketBench()
        let reason = NetatmoError(.outage, status: 503, message: "no")
        bench.engine.fail(signIn: .netatmo(reason), history: .failed(reason, next: SampleStations.now(60)))
        bench.engine.withdrawOffer()
        try await bench.run {
            try await attached(to: bench.socket) { engine, _ in
                await #expect(throws: SignInError.netatmo(reason)) { try await engine.signIn(pasting: SampleTokens.secret("x")) }
                let subject = HistorySubject(deviceID: "70:ee", moduleID: nil, measures: [.co2])
                await #expect(throws: HistoryError.failed(reason, next: SampleStations.now(60))) { try await engine.history(of: subject) }
                #expect(await engine.offerSignIn() == nil)
            }
        }
    }

    @Test("what the engine does not have, or has no room for, is told in its words, and not taken for another program")
    func refusals() async throws {
        let bench = try ControlSocketBench()
        bench.engine.fail(history: .unknownDevice)
        try await bench.run {
            try await attached(to: bench.socket) { engine, _ in
                let subject = HistorySubject(deviceID: "70:ee", moduleID: nil, measures: [.co2])
                await #expect(throws: HistoryError.unknownDevice) { try await engine.history(of: subject) }
            }
            let readers = try (0..<64).map { _ in try StateReader(bench.socket) }
            try await bench.logged("control screen attached", times: 65)
            let reason = "user \(geteuid()) has 64 connections, the most that one may have"
            let refusal = EngineConnectionError.refused(path: bench.socket.path, status: 503, reason: reason)
            await #expect(throws: refusal) { try await attached(to: bench.socket) { _, _ in } }
            #expect("\(refusal)" == "\(bench.socket) refuses: \(reason)")
            _ = readers
        }
    }

    @Test("the status is had without attaching")
    func status() async throws {
        let bench = try ControlSocketBench()
        bench.fill()
        try await bench.run {
            let json = try await RemoteEngine.status(of: bench.socket, ownership: SocketOwnership(tokenFile: nil))
            let text = try await bench.ask("GET", "/v1/status").text
            #expect(String(decoding: json, as: UTF8.self) == text)
        }
        await #expect(throws: EngineConnectionError.noEngine(path: bench.socket.path)) {
            try await RemoteEngine.status(of: bench.socket, ownership: SocketOwnership(tokenFile: nil))
        }
    }

    @Test("a refresh token that is pasted signs the engine in, and is in no line of its log")
    func wholeSignIn() async throws {
        let folder = try SocketFolder()
        try await EngineBench.run { bench in
            _ = try await bench.url("/")
            let control = ControlService(
                engine: bench.engine, description: ControlSocketBench.description, place: ControlSocketPlace(socket: folder.socket()),
                logs: { AsyncStream { $0.finish() } }, logger: bench.log.logger)
            try await running([control.configuration.service]) { _ in
                _ = try await until("the control socket", every: .milliseconds(2)) { folder.socket().presence() == .alive ? true : nil }
                try await attached(to: folder.socket()) { engine, _ in
                    let token = await bench.netatmo.issueTokens().refresh
                    #expect(try await engine.signIn(pasting: SampleTokens.secret(token)) == SampleStations.now(10_800))
                    try await engine.first("the readings") { $0.data.isUp && !$0.data.stations.isEmpty }
                    await #expect(throws: SignInError.refusedToken) {
                        try await engine.signIn(pasting: SampleTokens.secret("foreign-refresh-token-77"))
                    }
                    let secrets = [token, "foreign-refresh-token-77"] + bench.storage.writes.map { $0.accessToken.reveal() }
                    #expect(bench.log.lines.filter { line in secrets.contains { line.contains($0) } } == [])
                    #expect(bench.log.lines.count { $0.contains("control sign-in pasted by uid \(geteuid()), pid \(getpid())") } == 2)
                }
            }
        }
    }

    // MARK: - Its connection

    /// A run of an engine, which a test ends.
    private struct Run {
        let gate = Gate()
        private let end: Task<Void, any Error>

        init(_ bench: ControlSocketBench) {
            let gate = gate
            end = Task { try await running([bench.server]) { _ in try await gate.pass() } }
        }

        func stop() async throws {
            gate.open()
            try await end.value
        }
    }

    @Test("the engine stops: what is known stays, requests are answered as out of reach; it starts anew: all is as before")
    func restart() async throws {
        let (bench, clock) = (try ControlSocketBench(), ManualClock(now: SampleStations.now(1000)))
        bench.fill()
        let run = Run(bench)
        defer { run.gate.open() }
        try await bench.isListening()
        try await attached(to: bench.socket, clock: clock) { engine, _ in
            let before = try await engine.first("the first snapshot") { _ in true }
            try await run.stop()
            let lost = try await engine.first("the loss") { if case .lost = $0.connection { true } else { false } }
            #expect(lost.connection == .lost(ControlSocketBench.description, since: SampleStations.now(1000), .ended))
            expectSame(lost, before)
            #expect(await engine.requestFetch() == .unreachable)
            #expect(await engine.requestRenewal() == .unreachable)
            #expect(await engine.offerSignIn() == nil)
            #expect(await engine.keptHistories().isEmpty)
            await #expect(throws: SignInError.unreachable) { try await engine.signIn(pasting: SampleTokens.secret("x")) }
            await #expect(throws: HistoryError.unreachable) {
                try await engine.history(of: HistorySubject(deviceID: "70:ee", moduleID: nil, measures: [.co2]))
            }
            #expect(bench.engine.requests == [])
            // Three tries in vain.
            for _ in 1...3 { try await clock.wakeNext() }
            try await clock.sleepers(atLeast: 1)
            #expect(clock.now < SampleStations.now(1002))
            let still = try await engine.first("the loss") { _ in true }
            let noEngine = EngineConnectionError.noEngine(path: bench.socket.path)
            #expect(still.connection == .lost(ControlSocketBench.description, since: SampleStations.now(1000), noEngine))
            bench.store.update { $0.token = ControlSocketBench.token(seconds: 55) }
            let again = Run(bench)
            defer { again.gate.open() }
            try await bench.isListening()
            let next = try await clock.wakeNext()
            let attached = try await engine.first("the engine again") { $0.connection == .attached(ControlSocketBench.description) }
            #expect(next < SampleStations.now(1004))
            expectSame(attached, bench.store.snapshot)
            #expect(await engine.requestFetch() == PlayedEngine.fetchReply)
            try await again.stop()
        }
    }

    @Test("an engine that hangs, its connection standing, is lost once nothing has come for 25 s; its signs of life keep it attached")
    func hangs() async throws {
        let (bench, clock) = (try ControlSocketBench(), ManualClock(now: SampleStations.now(1000)))
        bench.fill()
        try await bench.run {
            try await attached(to: bench.socket, clock: clock) { engine, description in
                func isAttached() async throws -> Bool {
                    try await engine.first("a snapshot") { _ in true }.connection == .attached(description)
                }
                for beat in 1...12 {
                    let count = engine.lineCount
                    try await bench.clock.sleepers(atLeast: 1)
                    bench.clock.advance(by: .seconds(10))
                    _ = try await until("the sign of life \(beat)", every: .milliseconds(1)) { engine.lineCount > count ? true : nil }
                    for _ in 1...2 {
                        try await clock.wakeNext()
                        try await clock.sleepers(atLeast: 1)
                    }
                    #expect(try await isAttached(), "after \(beat) signs of life")
                }
                // Its clock stands still from here on. The last sign of life came up to ten seconds ago, and was noticed five seconds ago.
                let noticed = clock.now.addingTimeInterval(-5)
                for _ in 1...3 {
                    try await clock.wakeNext()
                    try await clock.sleepers(atLeast: 1)
                    #expect(try await isAttached())
                }
                try await clock.wakeNext()
                let lost = try await engine.first("the loss") { $0.connection != .attached(description) }
                #expect(lost.connection == .lost(description, since: noticed, .silent(seconds: 25)))
                #expect(clock.now.timeIntervalSince(noticed) == 25)
                expectSame(lost, bench.store.snapshot)
                // It answers again.
                try await clock.wakeNext()
                try await engine.first("the engine again") { $0.connection == .attached(description) }
            }
        }
    }

    @Test("a sign of life is no news: nothing is drawn anew for it")
    func noNews() async throws {
        let bench = try ControlSocketBench()
        bench.fill()
        try await bench.run {
            try await attached(to: bench.socket) { engine, _ in
                let snapshots = Journal()
                let reader = Task { for await _ in engine.snapshots() { snapshots.note("a snapshot") } }
                defer { reader.cancel() }
                _ = try await until("the first snapshot") { snapshots.entries.count == 1 ? true : nil }
                for _ in 1...3 {
                    let count = engine.lineCount
                    try await bench.clock.sleepers(atLeast: 1)
                    bench.clock.advance(by: .seconds(10))
                    _ = try await until("the sign of life", every: .milliseconds(1)) { engine.lineCount > count ? true : nil }
                }
                bench.store.update { $0.signIn = .exchanging }
                try await engine.first("a change") { $0.signIn == .exchanging }
                _ = try await until("the second snapshot") { snapshots.entries.count >= 2 ? true : nil }
                #expect(snapshots.entries.count == 2)
            }
        }
    }

    @Test("an answer that never ends, or comes a byte at a time, is waited for as long as is said, and no longer")
    func slowAnswer() async throws {
        let folder = try SocketFolder()
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n{"
        let answers: [PlayedListener.Answer] = [
            .mute(after: head), .trickle(after: head), .mute(after: ""), .trickle(after: "HTTP/1.1 200 OK\r\nx: "),
        ]
        let listeners = try answers.enumerated().map { try PlayedListener(at: folder.socket("s\($0)"), $1) }
        for number in listeners.indices {
            let socket = folder.socket("s\(number)")
            let error = try await waiting(for: "an end") {
                await #expect(throws: EngineConnectionError.self) {
                    try await HTTPClient.withHTTPClient { client in
                        try await ControlClient(socket: socket, ownership: SocketOwnership(tokenFile: nil), client: client)
                            .text(.status, within: .seconds(1))
                    }
                }
            }
            #expect(error == .unreachable(path: socket.path, reason: "no whole answer within 1 s"), "\(number)")
        }
    }

    @Test("what is asked of it with a value says that it is JSON")
    func contentType() async throws {
        let folder = try SocketFolder()
        let listener = try PlayedListener(at: folder.socket(), .text("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"))
        await #expect(throws: EngineConnectionError.self) {
            try await HTTPClient.withHTTPClient { client in
                let control = ControlClient(socket: folder.socket(), ownership: SocketOwnership(tokenFile: nil), client: client)
                let _: SignInReply = try await control.ask(
                    .signInAnswer, body: PastedText(SampleTokens.secret("x")), within: .seconds(30))
            }
        }
        let request = try #require(listener.requests.first)
        #expect(request.hasPrefix("POST /v1/sign-in/answer HTTP/1.1\r\n"))
        #expect(request.lowercased().contains("content-type: application/json\r\n"))
    }

    @Test("a status that another program gives, or that has no end, is none")
    func otherStatus() async throws {
        let folder = try SocketFolder()
        let (other, endless) = (folder.socket("other"), folder.socket("endless"))
        let listeners = [
            try PlayedListener(at: other, .text("HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{}")),
            try PlayedListener(at: endless, .endless(after: "HTTP/1.1 200 OK\r\n\r\n")),
        ]
        await #expect(throws: EngineConnectionError.notAnEngine(path: other.path, reason: "HTTP 404 for /v1/status")) {
            try await RemoteEngine.status(of: other, ownership: SocketOwnership(tokenFile: nil))
        }
        await #expect(throws: EngineConnectionError.ended) {
            try await HTTPClient.withHTTPClient { client in
                try await ControlClient(socket: endless, ownership: SocketOwnership(tokenFile: nil), client: client)
                    .text(.status, longest: 1 << 20, within: .seconds(5))
            }
        }
        #expect(listeners.flatMap(\.requests).count == 2)
    }

    @Test("a status that is never told is given up after 5 s, in one line")
    func muteStatus() async throws {
        let folder = try SocketFolder()
        let listener = try PlayedListener(at: folder.socket(), .mute(after: "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n"))
        let error = try await waiting(for: "an end") {
            await #expect(throws: EngineConnectionError.self) {
                try await RemoteEngine.status(of: folder.socket(), ownership: SocketOwnership(tokenFile: nil))
            }
        }
        #expect(error.map { "\($0)" } == "\(folder.socket().path): no whole answer within 5 s")
        #expect(listener.requests.count == 1)
    }

    @Test("the log of an engine that starts anew is shown anew, its readings once it has some")
    func restartedLog() async throws {
        let (bench, clock) = (try ControlSocketBench(), ManualClock())
        bench.fill()
        let run = Run(bench)
        defer { run.gate.open() }
        try await bench.isListening()
        try await attached(to: bench.socket, clock: clock) { engine, _ in
            try await run.stop()
            let other = ControlSocketBench(after: bench)
            other.tail.write("the first line of a new run")
            let again = Run(other)
            defer { again.gate.open() }
            try await bench.isListening()
            let sleeper = Task { try await clock.wakeSleepers { false } }
            defer { sleeper.cancel() }
            try await waiting(for: "the new log") {
                for await tail in engine.logs() where tail == other.tail.tail { break }
            }
            // It has none of its own yet, and what is known stays.
            let snapshot = try await engine.first("the engine again") { $0.connection == .attached(ControlSocketBench.description) }
            #expect(snapshot.data.stations == SampleStations.all && snapshot.token == other.store.snapshot.token)
            try await again.stop()
        }
    }

    @Test("where nothing is, or a dead socket, there is no engine; a file is no socket")
    func nothing() async throws {
        let folder = try SocketFolder()
        #expect(try await failure(of: folder.socket("missing")) == .noEngine(path: folder.socket("missing").path))
        do { _ = try PlayedListener(at: folder.socket("dead")) }
        #expect(try await failure(of: folder.socket("dead")) == .noEngine(path: folder.socket("dead").path))
        #expect(try await failure(of: UnixSocket(path: "\(folder.path)/no/directory")) == .noEngine(path: "\(folder.path)/no/directory"))
        try makeFile("\(folder.path)/file", "")
        #expect(
            try await failure(of: folder.socket("file")) == .foreignSocket(path: folder.socket("file").path, reason: "is no socket"))
    }

    @Test("an engine of another version is told with both releases, and nothing of its words can command a terminal")
    func otherVersion() async throws {
        let folder = try SocketFolder()
        let line = #"{"version":99,"engine":{"build":{"version":"9.9.9\u001b[2J","commit":"f00"},"shape":[]},"token":"another shape"}"#
        let listener = try PlayedListener(at: folder.socket(), .text("HTTP/1.1 200 OK\r\n\r\n\(line)\n"))
        let error = try await failure(of: folder.socket())
        guard case .otherVersion(let theirs, own: Self.release) = error, theirs.hasPrefix("9.9.9"), !theirs.contains("\u{1B}") else {
            Issue.record("it is told as: \(error)")
            return
        }
        #expect(
            "\(error)"
                == "the engine is netatmo-dashboard \(theirs), this is \(Self.release): restart the one that is older after its update")
        #expect(listener.requests.count == 1)
    }

    @Test(
        "what answers and is no engine is told as such, and what it said in words",
        arguments: [
            ("SSH-2.0-OpenSSH_9.6\r\n", "no HTTP"), ("\u{1}\u{2}\u{3}\r\n\r\n", "no HTTP"),
            ("HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n", "HTTP 500 for /v1/state"),
            ("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n", "HTTP 404 for /v1/state"),
            ("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n", "HTTP 302 for /v1/state"),
            ("HTTP/1.1 200 OK\r\n\r\n<html>\n", "a first line that is no state"),
            ("HTTP/1.1 200 OK\r\n\r\n{}\n", "a first line that is no state"),
            (
                "HTTP/1.1 200 OK\r\n\r\n" + #"{"version":1,"engine":{"build":{"version":"1","commit":""}}}"# + "\n",
                "a line that is no state"
            ),
            ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnonsense\r\n", "no HTTP"),
        ])
    func noEngine(answer: String, reason: String) async throws {
        let folder = try SocketFolder()
        let listener = try PlayedListener(at: folder.socket(), .text(answer))
        let error = try await failure(of: folder.socket())
        guard case .notAnEngine(folder.socket().path, let told) = error else {
            Issue.record("it is told as: \(error)")
            return
        }
        #expect(told.contains(reason))
        #expect(listener.requests.count == 1)
    }

    @Test(
        "one that ends before its first line does is told as such",
        arguments: ["content-length: 0\r\n\r\n", "content-length: 2\r\n\r\n{", "content-le"])
    func ended(answer: String) async throws {
        let folder = try SocketFolder()
        let listener = try PlayedListener(at: folder.socket(), .text("HTTP/1.1 200 OK\r\n\(answer)"))
        #expect(try await failure(of: folder.socket()) == .ended)
        #expect(listener.requests.count == 1)
    }

    @Test("a line, or a head, without an end is cut off", arguments: ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nX: "])
    func endless(start: String) async throws {
        let folder = try SocketFolder()
        let listener = try PlayedListener(at: folder.socket(), .endless(after: start))
        let error = try await failure(of: folder.socket())
        guard case .notAnEngine(folder.socket().path, let reason) = error else {
            Issue.record("it is told as: \(error)")
            return
        }
        #expect(reason.contains(start.hasSuffix("\r\n\r\n") ? "a line of more than 16 MiB" : "no HTTP"))
        #expect(listener.requests.count == 1)
    }

    @Test("one that never tells its state is given up, whether it begins to answer or not", arguments: ["", "HTTP/1.1 200 OK\r\n\r\n{"])
    func silence(start: String) async throws {
        let folder = try SocketFolder()
        let listener = try PlayedListener(at: folder.socket(), .mute(after: start))
        #expect(try await failure(of: folder.socket()) == .unreachable(path: folder.socket().path, reason: "no answer within 5 s"))
        // On a machine that is busy it may not have come so far.
        #expect(listener.requests.count <= 1)
    }

    // MARK: - Whose it is

    @Test("nothing is sent to a socket that another user has planted, not at first and not later", .enabled(if: geteuid() == 0))
    func planted() async throws {
        let folder = try SocketFolder()
        let listener = try PlayedListener(at: folder.socket(), .silence)
        #expect(chown(folder.socket().path, 4711, 4711) == 0)
        let error = try await failure(of: folder.socket())
        #expect(error == .foreignSocket(path: folder.socket().path, reason: "belongs to user 4711"))
        #expect("\(error)".contains("nothing is sent to it"))
        #expect(listener.requests == [])
        let bench = try ControlSocketBench()
        try await bench.run {
            try await attached(to: bench.socket) { engine, _ in
                #expect(await engine.requestFetch() == PlayedEngine.fetchReply)
                #expect(chown(bench.socket.path, 4711, 4711) == 0)
                await #expect(throws: SignInError.unreachable) { try await engine.signIn(pasting: SampleTokens.secret("x")) }
                #expect(bench.engine.requests == ["fetch"])
            }
        }
    }
}

extension EngineClient {
    /// The first snapshot, from the current one on, that is as wanted.
    @discardableResult
    fileprivate func first(_ what: String, where isWanted: @escaping @Sendable (Snapshot) -> Bool) async throws -> Snapshot {
        try await waiting(for: what) {
            for await snapshot in snapshots() where isWanted(snapshot) { return snapshot }
            throw NothingCame(what: what)
        }
    }
}
