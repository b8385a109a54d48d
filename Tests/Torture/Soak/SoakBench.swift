import FoundationEssentials
import Glibc
import NetatmoSimulator
import NIOCore
import TestSupport

/// An exporter that is scraped, watched and disturbed.
struct SoakBench {
    private(set) var tally: SoakTally
    private let exporter: ServedExporter
    private let url: String
    private let netatmo: LocalNetatmo
    private let client: LocalClient
    private var faults: SoakFaults

    private static let scrapeInterval = Duration.milliseconds(100)
    /// For a scrape on a busy machine; Prometheus gives up after 10 s.
    private static let scrapeLimit = Int64(5)
    /// After four failures in a row the next try may come 48 s later.
    private static let troubleLasts: TimeInterval = 60
    /// The states without a token that works.
    private static let tokenless = ["expired", "missing", "rejected"].map { "netatmo_exporter_token_state{state=\"\($0)\"} 1\n" }

    /// Waits until the exporter has a token.
    init(exporter: ServedExporter, netatmo: LocalNetatmo, client: LocalClient, seed: UInt64) async throws {
        self.exporter = exporter
        self.netatmo = netatmo
        self.client = client
        faults = SoakFaults(seed: seed)
        tally = SoakTally(seed: seed)
        url = try await until("a token that works; \(exporter.lastWords)") {
            try await exporter.token(client)?.state == "valid" ? exporter.url : nil
        }
    }

    /// Scrapes for a while.
    mutating func soak(for duration: Duration) async throws {
        let clock = ContinuousClock()
        let end = clock.now + duration
        let firstRequest = await netatmo.netatmo.requestCount
        var uses: [ProcessUse] = []
        while clock.now < end {
            let next = clock.now + Self.scrapeInterval
            guard exporter.process.end == nil else { throw ProgramEnded(lastWords: exporter.lastWords) }
            await faults.follow(netatmo.netatmo)
            await scrape()
            uses.append(try ProcessUse(of: exporter.process.processID))
            try await clock.sleep(until: next)
        }
        tally.uses.append(contentsOf: [ProcessUse.median(uses)].compactMap(\.self))
        await count(since: firstRequest)
    }

    /// Stops it as a service manager does.
    mutating func stop() async throws {
        exporter.process.signal(SIGTERM)
        let end = try await exporter.process.end(within: .seconds(40))
        if end != .exited(code: 0) { tally.fail("a stop by SIGTERM did not end with 0: \(exporter.lastWords)") }
    }

    private mutating func scrape() async {
        tally.scrapes += 1
        do {
            let start = ContinuousClock.now
            let answer = try await client.send("\(url)/metrics", within: .seconds(Self.scrapeLimit))
            tally.scrapeTimes.append((ContinuousClock.now - start) / .microseconds(1))
            guard answer.status == 200 else { return tally.fail("a scrape was answered with \(answer.status)") }
            guard Self.tokenless.contains(where: answer.body.contains) else { return }
            if await isInTrouble(at: Date()) { tally.excused += 1 } else { tally.fail("no token that works, and NetAtmo was willing") }
        } catch {
            tally.fail("a scrape was not answered: \(error)")
        }
    }

    /// What NetAtmo saw: requests with a token that it knows no more are missed renewals.
    private mutating func count(since first: Int) async {
        for request in await netatmo.netatmo.requests where request.number > first {
            tally.requests += 1
            if request.fault != nil { tally.faults += 1 }
            if request.grant == .refreshToken, request.outcome == .answered(status: 200) { tally.renewals += 1 }
            if request.usedReplacedToken { tally.fail("request \(request.number) came with a token that had been replaced") }
            guard request.endpoint == .stationsData, request.fault == nil, case .answered(let status) = request.outcome, status != 200
            else { continue }
            if await isInTrouble(at: request.time) { continue }
            tally.fail("request \(request.number) for data was refused with \(status): the token was not renewed in time")
        }
    }

    /// Whether the last try to renew before a time met a fault.
    private func isInTrouble(at time: Date) async -> Bool {
        guard let last = await netatmo.netatmo.requests.last(where: { $0.endpoint == .token && $0.time <= time }) else { return false }
        return last.fault != nil && time.timeIntervalSince(last.time) < Self.troubleLasts
    }
}
