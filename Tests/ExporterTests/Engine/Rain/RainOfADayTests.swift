import FoundationEssentials
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import NetatmoSimulator
@testable import OperatingSystem

extension SimulatedNetatmo {
    /// The weather at a gauge, and how many seconds after each tick it measures.
    func weather(at gauge: String, of station: String) throws -> (weather: SiteWeather, phase: Int) {
        let unit = try account.unit(deviceID: station, moduleID: gauge)
        return (weather.place(unit.site).weather, SampleClock.phase(of: gauge, interval: weather.interval))
    }
}

/// The simulator without HTTP, with what can go wrong on the way.
private final class DirectTransport: NetatmoTransport {
    private let netatmo: SimulatedNetatmo
    private let clock: ManualClock
    private struct State {
        var outages: [ClosedRange<Date>] = []
        var repeated: NetatmoAnswer?
        var measures = 0
        /// Each so many answers of the past are the one before once more.
        var repetition: Int?
        var begins: [Date] = []
        var addedStep: Date?
    }
    private let state = Mutex(State())

    init(_ netatmo: SimulatedNetatmo, _ clock: ManualClock) {
        self.netatmo = netatmo
        self.clock = clock
    }

    /// From when on steps were asked for.
    var begins: [Date] { state.withLock { $0.begins } }

    /// From now on each answer of the past has a step of then too, in which it rained.
    func addStep(at time: Date) { state.withLock { $0.addedStep = time } }
    func fail(during outage: ClosedRange<Date>) { state.withLock { $0.outages.append(outage) } }
    /// From now on; none of before.
    func repeatAnswers(each count: Int) { state.withLock { ($0.repetition, $0.repeated) = (count, nil) } }

    func send(_ request: NetatmoRequest) async throws(NetatmoError) -> NetatmoAnswer {
        let now = clock.now
        if state.withLock({ $0.outages.contains { $0.contains(now) } }) { return NetatmoAnswer(status: 503, body: []) }
        let endpoints: [String: Endpoint] = [
            "/oauth2/token": .token, "/api/getstationsdata": .stationsData, "/api/getmeasure": .measure,
        ]
        let form = request.form.map { "\($0.name)=\(FormFields.encode($0.value))" }.joined(separator: "&")
        let call = APICall(
            endpoint: endpoints[request.path] ?? .unknown, method: .post, fields: try? FormFields(form),
            bearer: request.accessToken?.reveal())
        let ticket = await netatmo.begin(call)
        let answer = await netatmo.answer(call, ticket: ticket)
        let fresh = NetatmoAnswer(status: answer.status, body: adding(to: answer.body))
        guard call.endpoint == .measure else { return fresh }
        return state.withLock { state in
            if let begin = call.fields?["date_begin"].flatMap(Double.init) { state.begins.append(Date(timeIntervalSince1970: begin)) }
            state.measures += 1
            if let count = state.repetition, state.measures % count == 0, let earlier = state.repeated { return earlier }
            state.repeated = fresh
            return fresh
        }
    }

    private func adding(to body: [UInt8]) -> [UInt8] {
        guard let time = state.withLock({ $0.addedStep }) else { return body }
        let step = "{\"beg_time\":\(Int(time.timeIntervalSince1970)),\"value\":[[9]]}"
        return Array(String(decoding: body, as: UTF8.self).replacing("[{\"beg_time\"", with: "[\(step),{\"beg_time\"").utf8)
    }
}

/// An engine on the simulator, run again and again with the same files, in a time that a test moves.
private final class RainBench: Sendable {
    let clock = ManualClock()
    let netatmo: SimulatedNetatmo
    let transport: DirectTransport
    let memory = FakeMemory()
    private let storage: MemoryTokenStorage
    private let weather: SiteWeather
    private let phase: Int
    private let gauge: String
    /// When the wettest of the next twenty days begins: then the clock stands.
    let start: Date
    /// All totals that were served, in thousandths of a mm.
    private let served = Mutex<[Int]>([])

    init(moduleCount: Int? = nil, gauge: String, station: String) async throws {
        let clock = clock
        netatmo = SimulatedNetatmo(
            configuration: SimulatorConfiguration(clientID: "app-5f1e", clientSecret: "client-secret-0d9a", moduleCount: moduleCount)
        ) { clock.now }
        transport = DirectTransport(netatmo, clock)
        storage = MemoryTokenStorage(try await TokenAttributes.refreshTokenOnly(of: netatmo))
        (weather, phase) = try await netatmo.weather(at: gauge, of: station)
        self.gauge = gauge
        let now = Int(clock.now.timeIntervalSince1970)
        let wettest = (0..<20).max { [weather] one, other in
            let sums = [one, other].map { weather.rain(after: now + $0 * 86_400, through: now + ($0 + 1) * 86_400) }
            return sums[0] < sums[1]
        }
        start = SampleStations.now(Double(wettest ?? 0) * 86_400)
        clock.set(to: start)
    }

    func at(hours: Double) -> Date { start.addingTimeInterval(hours * 3600) }

    /// What the simulator's gauge measured behind a step, up to another one.
    func rain(after first: Date, through last: Date) -> Int {
        weather.rain(after: Int(first.timeIntervalSince1970) - phase, through: Int(last.timeIntervalSince1970) - phase)
    }

    var totals: [Int] { served.withLock { $0 } }

    /// The count as the file has it.
    var kept: RainCount? {
        EngineMemory.reading(Array((memory.text ?? "").utf8)).memory.rain.first { $0.gauge == gauge }
    }

    /// Runs an engine until that time, and until what it serves is what was measured since a step, where one is given.
    func run(until end: Date, since first: Date? = nil) async throws {
        let configuration = ExporterConfiguration(
            address: ListenAddress(host: "127.0.0.1", port: 0), externalURL: nil, apiURL: "http://127.0.0.1:1",
            credentials: SampleTokens.credentials, refreshInterval: .seconds(480), staleAge: .seconds(3600), debugHandlers: false,
            renewExpired: true, build: BuildInformation(version: "1", commit: "a"))
        let engine = ExporterEngine(
            configuration: configuration, storage: storage, transport: transport, memory: MemoryStorages(history: memory), clock: clock,
            randomness: Randomness(fraction: { 0.5 }, bytes: Randomness.system.bytes), logger: CollectedLog().logger)
        try await engine.loadToken()
        try await running(engine.services.map(\.service)) { [self] _ in
            engine.noteListening(port: 9210)
            try await waiting(for: "the rain until \(end)", limit: .seconds(60)) { [self] in
                try await clock.wakeSleepers(atLeast: 2) { isOver(engine, until: end, since: first) }
            }
        }
    }

    private func isOver(_ engine: ExporterEngine, until end: Date, since first: Date?) -> Bool {
        guard let device = engine.store.snapshot.data.stations.flatMap(\.devices).first(where: { $0.id == gauge }) else { return false }
        let total = engine.store.rain[device].map { Int(($0 * 1000).rounded()) }
        if let total { served.withLock { $0.append(total) } }
        guard clock.now >= end, let total, let latest = device.readings?.time else { return false }
        // A step may have come between the readings and the request for it.
        return first.map { first in
            [0, 300].contains { total == rain(after: first, through: latest.addingTimeInterval($0)) }
        } ?? true
    }
}

@Suite("Rain that adds up", .timeLimit(.minutes(3)))
struct RainOfADayTests {
    @Test(
        "A day with restarts, a crash, outages, answers that come again and hours without the program has the simulator's sum",
        arguments: [(6, "05:00:00:00:00:00", "70:ee:50:00:00:00"), (nil, "05:00:00:00:10:03", "70:ee:50:00:10:01")]
            as [(Int?, String, String)])
    func aDay(moduleCount: Int?, gauge: String, station: String) async throws {
        let bench = try await RainBench(moduleCount: moduleCount, gauge: gauge, station: station)
        try await bench.run(until: bench.at(hours: 1))
        let first = try #require(bench.kept)
        let begin = try #require(bench.transport.begins.first).addingTimeInterval(-1)
        #expect(bench.totals.first == 0, "the counter begins at 0, before anything is counted")
        #expect(first.micrometers == bench.rain(after: begin, through: first.lastStep))

        bench.transport.fail(during: bench.at(hours: 3)...bench.at(hours: 4.5))
        bench.transport.repeatAnswers(each: 3)
        try await bench.run(until: bench.at(hours: 6))
        let beforeCrash = bench.memory.text
        try await bench.run(until: bench.at(hours: 8))
        // What was written in two hours is lost with the machine's last breath.
        try bench.memory.write(Array((beforeCrash ?? "").utf8))
        bench.transport.repeatAnswers(each: 3)
        bench.transport.fail(during: bench.at(hours: 8)...bench.at(hours: 8.4))
        try await bench.run(until: bench.at(hours: 10))
        // Nothing runs for seven hours.
        bench.clock.set(to: bench.at(hours: 17))
        try await bench.run(until: bench.at(hours: 18))
        try await bench.run(until: bench.at(hours: 24), since: begin)

        let kept = try #require(bench.kept)
        #expect(kept.micrometers == bench.rain(after: begin, through: kept.lastStep))
        #expect(kept.lastStep > bench.at(hours: 23.5))
        let totals = bench.totals
        #expect(zip(totals, totals.dropFirst()).allSatisfy { $0 <= $1 }, "a counter never goes back, also over a crash")
        // Of a counter without a reset, what Prometheus's `increase` is.
        #expect((totals.last ?? 0) - (totals.first ?? 0) == kept.micrometers && kept.micrometers > 5000, "it rained")
        // Not more than a request an upload, and one for each failure or answer that came again.
        #expect(bench.transport.begins.count < 24 * 9)
    }

    @Test("Months without the program are counted page by page")
    func months() async throws {
        let bench = try await RainBench(moduleCount: 6, gauge: "05:00:00:00:00:00", station: "70:ee:50:00:00:00")
        try await bench.run(until: bench.at(hours: 0.5))
        let before = try #require(bench.kept)
        let begin = try #require(bench.transport.begins.first).addingTimeInterval(-1)
        bench.clock.set(to: bench.at(hours: 24 * 20))
        let requests = bench.transport.begins.count
        try await bench.run(until: bench.at(hours: 24 * 20), since: begin)
        let kept = try #require(bench.kept)
        #expect(kept.micrometers == bench.rain(after: begin, through: kept.lastStep))
        let pages = bench.transport.begins.dropFirst(requests)
        #expect(pages.first == before.lastStep.addingTimeInterval(1))
        // 288 steps a day, 1024 a page: of 20 days all but the last is full, whatever is asked for when the next readings come.
        let full = pages.prefix { $0 < bench.at(hours: 24 * 20 - 86) }
        #expect((4...6).contains(full.count), "\(pages)")
        #expect(zip(full, full.dropFirst()).allSatisfy { $1.timeIntervalSince($0) >= 1024 * 300 }, "\(pages)")
        #expect(bench.totals.filter { $0 > before.micrometers }.min() ?? 0 > before.micrometers + 1000, "served once all is counted")
    }

    /// Twenty days go by without the program: when it runs again, no total is served that lacks one of their steps.
    private func weeksLater(_ bench: RainBench) async throws {
        try await bench.run(until: bench.at(hours: 0.5))
        let (begin, served) = (try #require(bench.transport.begins.first).addingTimeInterval(-1), bench.totals.count)
        let firstPage = try #require(bench.kept).lastStep.addingTimeInterval(1024 * 300)
        bench.clock.set(to: bench.at(hours: 24 * 20))
        try await bench.run(until: bench.at(hours: 24 * 20))
        let kept = try #require(bench.kept)
        #expect(kept.lastStep > bench.at(hours: 24 * 20 - 1) && kept.lastStep <= bench.clock.now.addingTimeInterval(600))
        #expect(kept.micrometers == bench.rain(after: begin, through: kept.lastStep))
        let all = bench.rain(after: begin, through: bench.at(hours: 24 * 20 - 1))
        #expect(bench.rain(after: begin, through: firstPage) < all, "it rained after the first page too")
        #expect(bench.totals.dropFirst(served).allSatisfy { $0 >= all }, "\(bench.totals.dropFirst(served)) of \(all)")
    }

    @Test("After weeks without the program no total is served before what follows each full page is counted too")
    func servedWhole() async throws {
        try await weeksLater(try await RainBench(moduleCount: 6, gauge: "05:00:00:00:00:00", station: "70:ee:50:00:00:00"))
    }

    @Test("A step that is dated into the future is not counted, and hides none that came before it")
    func future() async throws {
        let bench = try await RainBench(moduleCount: 6, gauge: "05:00:00:00:00:00", station: "70:ee:50:00:00:00")
        bench.transport.addStep(at: bench.at(hours: 24 * 400))
        try await weeksLater(bench)
    }

    @Test("Where the memory is damaged the counter begins at 0 again, and a line says so")
    func damaged() async throws {
        let bench = try await RainBench(moduleCount: 6, gauge: "05:00:00:00:00:00", station: "70:ee:50:00:00:00")
        try await bench.run(until: bench.at(hours: 6))
        let before = try #require(bench.kept)
        let requests = bench.transport.begins.count
        let text = try #require(bench.memory.text)
        try bench.memory.write(Array(text.replacing("\"micrometers\":", with: "\"micrometers\":-1").utf8))
        try await bench.run(until: bench.at(hours: 7))
        let begin = try #require(bench.transport.begins.dropFirst(requests).first).addingTimeInterval(-1)
        let kept = try #require(bench.kept)
        #expect(kept.micrometers == bench.rain(after: begin, through: kept.lastStep))
        #expect(bench.totals.contains(0) && bench.totals.last ?? -1 < before.micrometers, "a counter that begins anew")
        let events = EngineMemory.reading(Array((bench.memory.text ?? "").utf8)).memory.events
        #expect(events.count { if case .memoryProblem(let problem) = $0.kind { problem.cause == .damaged(lines: 1) } else { false } } == 1)
    }
}
