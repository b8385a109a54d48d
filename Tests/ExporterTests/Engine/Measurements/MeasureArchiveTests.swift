import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("Histories of measures")
struct MeasureArchiveTests {
    private let first = SampleTokens.secret("a1")
    private let second = SampleTokens.secret("a2")

    @Test("one answer serves all who ask within ten minutes")
    func kept() async throws {
        let bench = ArchiveBench()
        bench.answers(2)
        #expect(try await bench.history().count == 2)
        bench.clock.advance(by: .seconds(599))
        #expect(try await bench.history().count == 2)
        #expect(bench.transport.requests.count == 1)
        bench.clock.advance(by: .seconds(1))
        _ = try await bench.history()
        #expect(bench.transport.requests.count == 2)
        #expect(bench.store.api.requests[.history]?.counts == [.ok: 2])
    }

    @Test("it asks for the last three days")
    func request() async throws {
        let bench = ArchiveBench()
        bench.answers(1)
        _ = try await bench.history("05:00")
        let form = try #require(bench.transport.requests.first?.form)
        let start = Int(SampleStations.now.timeIntervalSince1970) - 259_200
        #expect(form["date_begin"]?.reveal() == String(start))
        #expect(form["module_id"]?.reveal() == "05:00")
        #expect(bench.transport.requests.first?.accessToken == first)
    }

    @Test("whoever asks during a request waits, until somebody asks after him")
    func oneAtATime() async throws {
        let bench = ArchiveBench()
        let gate = Gate()
        bench.transport.script(ArchiveBench.path, ArchiveBench.reply.held(by: gate), ArchiveBench.reply)
        async let one = bench.history("05:00")
        try await bench.transport.requests(atLeast: 1)
        async let passedBy = bench.error("06:00")
        try await bench.somebodyWaits()
        async let last = bench.history("06:01")
        #expect(await passedBy == .overtaken)
        #expect(bench.transport.requests.count == 1)
        gate.open()
        #expect(try await [one.count, last.count] == [2, 2])
        #expect(bench.transport.requests.map { $0.form["module_id"]?.reveal() } == ["05:00", "06:01"])
    }

    @Test("a refused access token is replaced once and the request tried once more", arguments: [2, 3])
    func replaced(code: Int) async throws {
        let bench = ArchiveBench()
        bench.tokens.replace(by: .success(second))
        bench.transport.script(ArchiveBench.path, .apiError(403, code: code), ArchiveBench.reply)
        #expect(try await bench.history().count == 2)
        #expect(bench.transport.requests.map(\.accessToken) == [first, second])
        #expect(bench.tokens.refused == [first])
    }

    @Test("without a token nothing is asked")
    func noToken() async throws {
        let bench = ArchiveBench(token: .failure(.state(.missing)))
        #expect(await bench.error() == .noToken)
        #expect(bench.transport.requests.isEmpty)
        bench.tokens.receive("a1", isSignIn: true)
        bench.answers(1)
        #expect(try await bench.history().count == 2)
    }

    @Test(
        "after a failure there is no try for a minute, for any module, then twice as long",
        arguments: [Reply.outage, .apiError(429, code: 11)])
    func failing(reply: Reply) async throws {
        let bench = ArchiveBench()
        bench.transport.script(ArchiveBench.path, reply, reply, ArchiveBench.reply)
        guard case .failed(_, let next) = await bench.error() else {
            Issue.record("the history came")
            return
        }
        #expect(next == SampleStations.now(60))
        bench.clock.advance(by: .seconds(59))
        guard case .failed(_, next) = await bench.error("06:00") else {
            Issue.record("the history came")
            return
        }
        #expect(bench.transport.requests.count == 1)
        bench.clock.advance(by: .seconds(1))
        guard case .failed(_, let later) = await bench.error() else {
            Issue.record("the history came")
            return
        }
        #expect(later >= SampleStations.now(120))
        bench.clock.set(to: later)
        #expect(try await bench.history().count == 2)
    }

    @Test("a module that is refused keeps no other from being asked for", arguments: [(404, 9), (403, 13)])
    func refused(status: Int, code: Int) async throws {
        let bench = ArchiveBench()
        bench.transport.script(ArchiveBench.path, .apiError(status, code: code), ArchiveBench.reply)
        guard case .failed = await bench.error("favourite") else {
            Issue.record("the history came")
            return
        }
        #expect(try await bench.history("05:00").count == 2)
        guard case .failed = await bench.error("favourite") else {
            Issue.record("the history came")
            return
        }
        #expect(bench.transport.requests.count == 2)
    }

    @Test("after a sign-in nothing of the account before is left")
    func signIn() async throws {
        let bench = ArchiveBench()
        bench.transport.script(ArchiveBench.path, ArchiveBench.reply, .apiError(403, code: 26), ArchiveBench.reply)
        _ = try await bench.history()
        guard case .failed = await bench.error("06:00") else {
            Issue.record("the history came")
            return
        }
        bench.tokens.receive("b1", isSignIn: true)
        #expect(try await bench.history().count == 2)
        #expect(bench.transport.requests.count == 3)
    }

    @Test("64 modules' histories are kept, the last ones asked for")
    func bounded() async throws {
        let bench = ArchiveBench()
        bench.answers(70)
        for module in 0..<70 { _ = try await bench.history("05:\(module)") }
        #expect(await bench.archive.keptCount == 64)
        _ = try await bench.history("05:6")
        #expect(bench.transport.requests.count == 70)
    }

    // MARK: What nobody asked for

    @Test("what is filled overtakes no wish of the user's, and such a wish waits for its answer alone")
    func fillAndWish() async throws {
        let bench = ArchiveBench()
        let gate = Gate()
        bench.transport.script(ArchiveBench.path, ArchiveBench.reply.held(by: gate), ArchiveBench.reply)
        let fill = Task { await bench.archive.fill(bench.subject("05:00")) }
        try await bench.transport.requests(atLeast: 1)
        async let wish = bench.history("06:00")
        try await bench.somebodyWaits()
        #expect(await bench.archive.fill(bench.subject("07:00")) == .busy, "the next one is the user's")
        gate.open()
        #expect(try await wish.count == 2)
        #expect(await fill.value == .filled)
        #expect(bench.transport.requests.map { $0.form["module_id"]?.reveal() } == ["05:00", "06:00"])
        #expect(try await bench.history("05:00").count == 2, "and what was filled serves the user")
        #expect(bench.transport.requests.count == 2)
    }

    @Test("what more than an hour is missing of is filled; readings that come go to its end, so that nothing is missing")
    func incomplete() async throws {
        let bench = ArchiveBench()
        let station = SampleStations.fjord
        let subjects = station.historySubjects
        #expect(subjects.count == station.devices.count)
        bench.answers(10)
        #expect(await bench.archive.firstIncomplete(of: subjects) == subjects[0])
        for subject in subjects { #expect(await bench.archive.fill(subject) == .filled) }
        for _ in 0..<5 {
            bench.clock.advance(by: .seconds(3599))
            #expect(await bench.archive.firstIncomplete(of: subjects) == nil)
            await bench.archive.add([station])
        }
        let ends = await bench.archive.histories.map(\.history.latest)
        #expect(ends.compactMap(\.self).max() == station.devices.compactMap { $0.readings?.time }.max())
        bench.clock.advance(by: .seconds(3600))
        await bench.archive.add([station])
        #expect(await bench.archive.firstIncomplete(of: subjects) == subjects[0], "what was read since fills no gap")
    }

    @Test("no more is filled than there is room for, and what the user looks at is not driven out for it")
    func fillIsBounded() async throws {
        let bench = ArchiveBench()
        let subjects = (0..<70).map { bench.subject("05:\($0)") }
        bench.answers(100)
        while let subject = await bench.archive.firstIncomplete(of: subjects) { _ = await bench.archive.fill(subject) }
        #expect(bench.transport.requests.count == 64)
        _ = try await bench.history("05:69")
        #expect(await bench.archive.firstIncomplete(of: subjects) == nil)
        #expect(bench.transport.requests.count == 65)
    }

    @Test("a failure holds the filling back as it holds back the user's wishes; a module that is refused is not filled again")
    func fillFails() async throws {
        let bench = ArchiveBench()
        let subjects = ["05:00", "06:00"].map(bench.subject)
        bench.transport.script(ArchiveBench.path, .outage, .apiError(404, code: 9), ArchiveBench.reply)
        #expect(await bench.archive.fill(subjects[0]) == .failed)
        bench.clock.advance(by: .seconds(59))
        #expect(await bench.archive.firstIncomplete(of: subjects) == nil)
        bench.clock.advance(by: .seconds(1))
        #expect(await bench.archive.firstIncomplete(of: subjects) == subjects[0])
        #expect(await bench.archive.fill(subjects[0]) == .failed)
        bench.clock.advance(by: .seconds(86_400))
        #expect(await bench.archive.firstIncomplete(of: subjects) == subjects[1])
    }

    @Test("without a token nothing is filled")
    func fillWithoutToken() async throws {
        let bench = ArchiveBench(token: .failure(.state(.missing)))
        #expect(await bench.archive.fill(bench.subject("05:00")) == .failed)
        #expect(bench.transport.requests.isEmpty)
    }

    @Test("where NetAtmo fails, what is kept is shown as long as at most an hour is missing of it")
    func keptInPlaceOfFailure() async throws {
        let bench = ArchiveBench()
        bench.transport.script(ArchiveBench.path, ArchiveBench.reply, .outage, .outage)
        _ = try await bench.history("05:00")
        bench.clock.advance(by: .seconds(3599))
        for _ in 0..<2 { #expect(try await bench.history("05:00").count == 2) }
        #expect(bench.transport.requests.count == 2, "and it is not asked again so soon")
        bench.clock.advance(by: .seconds(600))
        guard case .failed = await bench.error("05:00") else {
            Issue.record("an old history was shown as if it were new")
            return
        }
    }

    @Test("what was kept before a restart is there again, in its order, but for what is too old or of the future")
    func restored() async throws {
        let bench = ArchiveBench()
        let before = (0..<5).map { number in
            var kept = KeptHistoryTests.sample(number + 1, measures: [.temperature])
            kept.completeUntil = SampleStations.now([-60, -3500, -7200, -259_200, 7200][number])
            return kept
        }
        await bench.archive.restore(before)
        #expect(await bench.archive.histories.map(\.subject) == before.prefix(3).map(\.subject))
        #expect(await bench.archive.firstIncomplete(of: before.map(\.subject)) == before[2].subject)
        #expect(try await bench.archive.history(of: before[0].subject).count == 864)
        #expect(bench.transport.requests.isEmpty, "NetAtmo gave it a minute ago")
    }

    @Test("through the whole engine: the simulator's last value is the one that is shown")
    func engine() async throws {
        try await EngineBench.run(file: { try await .refreshTokenOnly(of: $0) }) { bench in
            try await bench.isUp()
            for device in bench.store.snapshot.data.stations.first?.devices ?? [] {
                guard let measure = [Measure.temperature, .windStrength, .rain].first(where: { device.readings?[$0] != nil }),
                    let base = bench.store.snapshot.data.stations.first?.base
                else { continue }
                let subject = HistorySubject(deviceID: base.id, moduleID: device.id == base.id ? nil : device.id, measures: [measure])
                // NetAtmo's limits allow two requests in ten seconds: none has to wait.
                bench.clock.advance(by: .seconds(11))
                let points = try await bench.engine.history(of: subject).points(of: measure)
                #expect(points.count >= 860)
                #expect(points.first { $0.time == device.readings?.time }?.value == device.readings?[measure])
            }
        }
    }
}

/// An archive between tokens, a clock and a NetAtmo that a test controls; waits have no jitter.
struct ArchiveBench: Sendable {
    static let path = "/api/getmeasure"
    static let reply = Reply.status(200, #"{"body": [{"beg_time": 1795450000, "step_time": 300, "value": [[21.4], [21.5]]}]}"#)

    let clock = ManualClock()
    let store = SnapshotStore()
    let transport = ScriptedTransport()
    let tokens: FakeTokens
    let archive: MeasureArchive

    init(token: Result<Secret, NoToken> = .success(SampleTokens.secret("a1"))) {
        tokens = FakeTokens(token)
        let events = EventLog(publisher: store, logger: CollectedLog().logger)
        archive = MeasureArchive(
            client: StationsClient(transport: transport), tokens: tokens, meter: APIMeter(publisher: store, clock: clock, events: events),
            clock: clock, random: { 0.5 }
        )
    }

    func answers(_ count: Int) {
        for _ in 0..<count { transport.script(Self.path, Self.reply) }
    }

    func history(_ module: String? = nil) async throws(HistoryError) -> MeasureHistory {
        try await archive.history(of: HistorySubject(deviceID: "70:ee", moduleID: module, measures: [.temperature]))
    }

    func subject(_ module: String) -> HistorySubject {
        HistorySubject(deviceID: "70:ee", moduleID: module, measures: [.temperature])
    }

    func error(_ module: String? = nil) async -> HistoryError? {
        do throws(HistoryError) {
            _ = try await history(module)
            return nil
        } catch {
            return error
        }
    }

    func somebodyWaits() async throws {
        _ = try await until("one who waits", every: .milliseconds(1)) { await archive.isWaitedFor ? true : nil }
    }
}
