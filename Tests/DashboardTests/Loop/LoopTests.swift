import Foundation
import Synchronization
import TerminalUI
import TestSupport
import Testing

@testable import EngineAPI
@testable import Homes
@testable import Screen
@testable import OperatingSystem

@Suite("The loop")
@MainActor
struct LoopTests {
    private let terminal = FakeTerminal()
    private let engine = FakeEngine()
    private let clock = ManualClock()

    /// Runs the loop while `body` plays the user; ends it by `q`.
    private func run(
        time: LocalTime = .utc, log: AsyncStream<LogTail> = AsyncStream { $0.finish() }, _ body: @MainActor () async throws -> Void
    ) async throws {
        let loop = DashboardLoop(terminal: terminal, engine: engine, clock: clock, staleAge: .seconds(3600), time: time, log: log) { _ in }
        async let ending = loop.run { try? await Task.sleep(for: .seconds(600)) }
        // Also where something did not come: a loop that nobody ends is waited for.
        defer { terminal.type(.key(.character("q"))) }
        try await body()
        terminal.type(.key(.character("q")))
        #expect(await ending == .asked)
    }

    @Test("draws what the engine says, and again each second")
    func draws() async throws {
        try await run {
            engine.publish(Scenes.snapshot())
            try await terminal.shows("● VALID")
            try await terminal.shows("expires in 2:41:07")
            try await clock.sleepers(atLeast: 1)
            clock.advance(by: .seconds(1))
            try await terminal.shows("expires in 2:41:06")
        }
    }

    @Test("draws in the theme that was given, then in those that T steps to, and passes on what the user changes, each once")
    func preferences() async throws {
        let kept = Mutex<[ScreenPreferences]>([])
        var given = ScreenPreferences()
        given.units = .imperial
        let start = ScreenStart(theme: .dark, preferences: given, notice: "it is damaged") { value in kept.withLock { $0.append(value) } }
        let loop = DashboardLoop(terminal: terminal, engine: engine, clock: clock, staleAge: .seconds(3600), time: .utc, start: start) {
            _ in
        }
        async let ending = loop.run { try? await Task.sleep(for: .seconds(600)) }
        defer { terminal.type(.key(.character("q"))) }
        engine.publish(Scenes.snapshot())
        try await terminal.shows("it is damaged")
        try await terminal.shows("70.5")
        terminal.type(.key(.character("T")))
        try await terminal.shows("No colours")
        terminal.type(.key(.down))
        terminal.type(.key(.character("u")))
        try await terminal.shows("NetAtmo's, which did not name")
        terminal.type(.key(.character("q")))
        _ = await ending
        #expect(terminal.themes == [.dark, .mono])
        #expect(kept.withLock { $0.map(\.theme) } == [.mono, .mono])
        #expect(kept.withLock { $0.map(\.units) } == [.imperial, .account])
    }

    @Test("asks for the history of the module whose chart shows, and not of those that the selection passes by")
    func history() async throws {
        try await run {
            engine.publish(Scenes.snapshot())
            try await terminal.shows("Asking NetAtmo for the past")
            terminal.type(.key(.down), .key(.down))
            try await terminal.shows("Regn · Rain · 24 h")
            // Those that look again after each batch of keys, and the one on the second.
            try await clock.sleepers(atLeast: 3)
            clock.advance(by: .milliseconds(300))
            try await terminal.shows("24 h 7.5 mm")
            #expect(engine.asked.withLock { $0 }.map(\.id) == ["05:00:00:00:00:12"])
        }
    }

    @Test("asks once for what the engine has kept, when it knows which modules there are")
    func keptHistories() async throws {
        try await run {
            engine.publish(Snapshot(token: Scenes.validToken))
            try await terminal.shows("● VALID")
            #expect(engine.keptAsked.withLock { $0 } == 0)
            for _ in 0..<2 {
                engine.publish(Scenes.snapshot())
                try await terminal.shows("Stue")
                try await until("the engine is asked") { engine.keptAsked.withLock { $0 == 1 ? () : nil } }
            }
        }
    }

    @Test("says what came of r and t")
    func requests() async throws {
        try await run {
            engine.publish(Scenes.snapshot())
            terminal.type(.key(.character("r")))
            try await terminal.shows("A fetch is under way already")
            terminal.type(.key(.character("t")))
            try await terminal.shows("Renewing the token")
        }
    }

    @Test("shows what is logged while the log is open")
    func log() async throws {
        let (log, book) = AsyncStream.makeStream(of: LogTail.self)
        try await run(log: log) {
            terminal.type(.key(.character("l")))
            try await terminal.shows("nothing logged yet")
            var tail = LogTail(file: .writing(path: "/state/log"))
            tail.append(LogLine(time: clock.now, level: .error, message: "token failed: no connection"))
            book.yield(tail)
            try await terminal.shows("17:18:05 error   token failed: no connection")
        }
    }

    @Test("the window's title changes with the state and the minute, no more often")
    func title() async throws {
        try await run {
            engine.publish(Scenes.snapshot())
            try await terminal.shows("expires in 2:41:07")
            for second in 1...8 {
                try await clock.sleepers(atLeast: 1)
                clock.advance(by: .seconds(1))
                try await terminal.shows("17:18:\(second + 5 < 10 ? "0" : "")\(second + 5)")
            }
            engine.publish(Scenes.snapshot(token: TokenStatus(possession: .rejected(Scenes.refused, expiry: nil))))
            try await terminal.shows("REJECTED")
            terminal.type(.key(.character("?")))
            try await terminal.shows("In the main view")
            #expect(
                terminal.titles.drop { $0.hasSuffix("NO TOKEN") } == [
                    "netatmo-dashboard - VALID 2:41", "netatmo-dashboard - VALID 2:40", "netatmo-dashboard - REJECTED",
                ])
        }
    }

    @Test("calls the user when NetAtmo rejects the token, once each time")
    func alarm() async throws {
        let rejected = Scenes.snapshot(token: TokenStatus(possession: .rejected(Scenes.refused, expiry: nil)))
        try await run {
            for round in 1...2 {
                engine.publish(Scenes.snapshot())
                try await terminal.shows("VALID")
                engine.publish(rejected)
                try await terminal.shows("REJECTED")
                engine.publish(
                    Scenes.snapshot(
                        token: TokenStatus(possession: .rejected(Scenes.refused, expiry: nil), renewal: .underWay(since: Scenes.now))))
                try await terminal.shows("RENEWING")
                engine.publish(rejected)
                try await terminal.shows("REJECTED")
                #expect(terminal.alerts == Array(repeating: "netatmo-dashboard: NetAtmo refused the token, sign in again", count: round))
            }
        }
    }

    @Test("c and n copy the addresses that are shown")
    func copies() async throws {
        try await run {
            engine.publish(Scenes.snapshot())
            terminal.type(.key(.character("a")))
            try await terminal.shows("/auth/authorize?key=")
            terminal.type(.key(.character("c")))
            try await terminal.shows("the address went to the terminal's clipboard")
            terminal.type(.key(.character("n")))
            try await terminal.shows("NetAtmo's page went to")
            #expect(terminal.copied == [Scenes.offer?.localURL.reveal(), Scenes.offer?.netatmoURL.reveal()])
        }
    }

    @Test("looks each second whether the time zone has become another one")
    func zone() async throws {
        try await run(time: MovingZone().time) {
            engine.publish(Scenes.snapshot())
            try await terminal.shows("Mon 23 Nov 17:18:05")
            try await clock.sleepers(atLeast: 1)
            clock.advance(by: .seconds(1))
            try await terminal.shows("Mon 23 Nov 18:18:06")
        }
    }

    @Test("answers keys while the engine hangs")
    func hanging() async throws {
        engine.hangs.withLock { $0 = true }
        try await run {
            terminal.type(.key(.character("r")))
            terminal.type(.key(.character("?")))
            try await terminal.shows("In the main view")
        }
    }

    @Test("says after a second that the engine has not answered yet, as long as that is so", arguments: ["r", "t"] as [Character])
    func slowAnswer(key: Character) async throws {
        engine.hangs.withLock { $0 = true }
        try await run {
            engine.publish(Scenes.snapshot())
            try await terminal.shows("● VALID")
            terminal.type(.key(.character(key)))
            try await until("the wish") { engine.wishes.withLock { $0 == 1 ? () : nil } }
            for second in 1...6 {
                try await clock.sleepers(atLeast: 1)
                clock.advance(by: .seconds(1))
                try await terminal.shows("expires in 2:41:0\(7 - second)")
                #expect(terminal.text.contains("has not answered yet") == (second > 1), "after \(second) s")
            }
        }
    }

    @Test("ends when the terminal is gone")
    func hangUp() async throws {
        let loop = DashboardLoop(terminal: terminal, engine: engine, clock: clock, staleAge: .seconds(3600), time: .utc) { _ in }
        terminal.type(.hangUp)
        #expect(await loop.run { try? await Task.sleep(for: .seconds(600)) } == .hangUp)
    }

    @Test("takes all that was typed before it draws, and then draws once")
    func oneFrame() async throws {
        try await run {
            engine.publish(Scenes.snapshot())
            try await terminal.shows("Asking NetAtmo for the past")
            let before = terminal.frames
            // The help, an even number of times, then once more.
            terminal.type(all: Array(repeating: .key(.character("?")), count: 1001))
            try await terminal.shows("In the main view")
            #expect(terminal.frames - before <= 2, "one, and one where a result came meanwhile")
        }
    }

    @Test("the end of the terminal, and the wish to stop, overtake what was typed before", arguments: [true, false])
    func overtaking(hangsUp: Bool) async throws {
        let sources = OneAtATime()
        let stop = Gate()
        terminal.whileDrawing = { [terminal] in
            // While the loop draws, the keys come in, and then the end: it finds both at once.
            terminal.whileDrawing = nil
            terminal.type(.key(.character("r")))
            sources.finish()
            if hangsUp { terminal.type(.hangUp) } else { stop.open() }
            sources.finish()
        }
        engine.publish(Scenes.snapshot())
        let loop = DashboardLoop(terminal: terminal, engine: engine, clock: clock, staleAge: .seconds(3600), time: .utc) { _ in }
        let ending = await withTaskExecutorPreference(sources) { await loop.run { try? await stop.pass() } }
        #expect(ending == (hangsUp ? .hangUp : .asked))
        #expect(engine.wishes.withLock { $0 } == 0, "nobody waits for what r asks for any more")
        #expect(terminal.frames == 1)
    }

    @Test("the end of the terminal overtakes what came with it", arguments: [0, 1000])
    func overtakingAtOnce(count: Int) async throws {
        let keys = Array(repeating: InputEvent.key(.character("q")), count: count)
        let loop = DashboardLoop(terminal: terminal, engine: engine, clock: clock, staleAge: .seconds(3600), time: .utc) { _ in }
        terminal.type(all: keys + [.hangUp])
        #expect(await loop.run { try? await Task.sleep(for: .seconds(600)) } == .hangUp)
    }

    @Test("asks once for what a key that is held down asks for")
    func heldKey() async throws {
        engine.hangs.withLock { $0 = true }
        try await run {
            engine.publish(Scenes.snapshot())
            try await terminal.shows("● VALID")
            for _ in 0..<3 { terminal.type(all: Array(repeating: .key(.character("r")), count: 500)) }
            terminal.type(.key(.character("?")))
            try await terminal.shows("In the main view")
            let engine = engine
            _ = try await until("the engine to be asked", every: .milliseconds(1)) { engine.wishes.withLock { $0 } > 0 ? true : nil }
            #expect(engine.wishes.withLock { $0 } == 1)
        }
    }

    @Test("ends when it is told to stop")
    func stop() async throws {
        let loop = DashboardLoop(terminal: terminal, engine: engine, clock: clock, staleAge: .seconds(3600), time: .utc) { _ in }
        #expect(await loop.run {} == .asked)
    }

    @Test("hands suspending and drawing anew to the terminal")
    func terminal() async throws {
        try await run {
            terminal.type(.key(.control("z")))
            terminal.type(.key(.control("l")))
            terminal.type(.key(.character("?")))
            try await terminal.shows("In the main view")
            #expect(terminal.suspended == 1)
            #expect(terminal.redrawn == 1)
        }
    }
}

/// Runs the tasks of a loop beside the main actor, one at a time, so that a test knows when what it gave them has been taken.
private final class OneAtATime: TaskExecutor {
    private let queue = DispatchQueue(label: "sources of the loop")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Returns once they have nothing left to do.
    func finish() { queue.sync {} }
}

/// UTC, until somebody looks again: then an hour east of it.
private final class MovingZone: Sendable {
    private let offset = Mutex(0)

    var time: LocalTime {
        LocalTime(following: { self.offset.withLock { $0 = 3600 } }) { date in
            var seconds = time_t(date.timeIntervalSince1970) + self.offset.withLock { $0 }
            var parts = tm()
            gmtime_r(&seconds, &parts)
            return parts
        }
    }
}

/// A terminal that keeps the last frame.
@MainActor
private final class FakeTerminal: DashboardTerminal {
    let size = Size(columns: 120, rows: 36)
    let symbols = Symbols.unicode
    let notice: String? = nil
    private(set) var suspended = 0
    private(set) var redrawn = 0
    private(set) var titles: [String] = []
    private(set) var themes: [Theme] = []
    private(set) var alerts: [String] = []
    private(set) var copied: [String] = []
    private(set) var text = ""
    private var expected: (text: String, came: AsyncStream<Void>.Continuation)?
    private let input = AsyncStream.makeStream(of: [InputEvent].self)
    /// How many frames were drawn.
    private(set) var frames = 0
    /// What happens before a frame is there.
    var whileDrawing: (() -> Void)?

    func events() -> AsyncStream<[InputEvent]> { input.stream }
    func type(_ events: InputEvent...) { input.continuation.yield(events) }
    func type(all events: [InputEvent]) { input.continuation.yield(events) }
    func redrawEverything() { redrawn += 1 }
    func suspend() { suspended += 1 }
    func close() {}
    func setTheme(_ theme: Theme) { themes.append(theme) }
    func setTitle(_ title: String) { titles.append(title) }
    func alert(_ text: String) { alerts.append(text) }

    func copy(_ text: String) -> Bool {
        copied.append(text)
        return true
    }

    func draw(_ frame: Frame) {
        frames += 1
        whileDrawing?()
        text = frame.lines.joined(separator: "\n")
        guard let expected, text.contains(expected.text) else { return }
        expected.came.finish()
    }

    /// Returns when a frame holds the text.
    func shows(_ text: String) async throws {
        guard !self.text.contains(text) else { return }
        let (came, signal) = AsyncStream.makeStream(of: Void.self)
        expected = (text, signal)
        defer { expected = nil }
        do {
            try await waiting(for: "the screen to show \(text)") { for await _ in came {} }
        } catch {
            throw NothingCame(what: "the screen to show \(text):\n\(self.text)")
        }
    }
}

/// An engine that answers at once, or never.
private final class FakeEngine: EngineClient {
    let hangs = Mutex(false)
    /// How often a fetch or a renewal was asked for.
    let wishes = Mutex(0)
    /// How often it was asked for what it has kept.
    let keptAsked = Mutex(0)
    /// Whose histories were asked for.
    let asked = Mutex<[HistorySubject]>([])
    private let stream = AsyncStream.makeStream(of: Snapshot.self, bufferingPolicy: .bufferingNewest(1))

    func publish(_ snapshot: Snapshot) { stream.continuation.yield(snapshot) }
    func snapshots() -> AsyncStream<Snapshot> { stream.stream }

    func requestFetch() async -> FetchReply {
        await takeWish()
        return .alreadyUnderWay
    }

    func requestRenewal() async -> RenewalReply {
        await takeWish()
        return .started
    }

    private func takeWish() async {
        wishes.withLock { $0 += 1 }
        if hangs.withLock({ $0 }) { try? await Task.sleep(for: .seconds(600)) }
    }

    func history(of subject: HistorySubject) async throws(HistoryError) -> MeasureHistory {
        asked.withLock { $0.append(subject) }
        guard let module = SampleStations.all.flatMap(\.devices).first(where: { $0.id == subject.id }) else { throw .noToken }
        return Scenes.history(of: module)
    }

    func page(of subject: HistorySubject, from start: Date, to end: Date) async throws(HistoryError) -> MeasureHistory { throw .noToken }

    func keptHistories() async -> [String: MeasureHistory] {
        keptAsked.withLock { $0 += 1 }
        return [:]
    }

    func offerSignIn() async -> SignInOffer? { Scenes.offer }
    func signIn(pasting text: Secret) async throws(SignInError) -> Date { throw .unreadable(.tooShort) }
}
