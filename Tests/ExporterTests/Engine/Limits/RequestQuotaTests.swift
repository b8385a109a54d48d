import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("NetAtmo's limits")
struct RequestQuotaTests {
    private func now(_ seconds: TimeInterval) -> Date { SampleStations.now(seconds) }

    /// The times at which requests of a random crowd went, in seconds.
    private func times(of purposes: [NetatmoRequest.Purpose], seed: UInt64, seconds: Double) -> [(NetatmoRequest.Purpose, Date)] {
        var quota = RequestQuota(.netatmo)
        var generator = SeededGenerator(seed: seed)
        var went: [(NetatmoRequest.Purpose, Date)] = []
        var time = 0.0
        while time < seconds {
            time += .random(in: 0...0.5, using: &generator)
            guard let purpose = purposes.randomElement(using: &generator) else { break }
            if quota.admit(purpose, at: now(time)) == .go { went.append((purpose, now(time))) }
        }
        return went
    }

    @Test("Whatever is asked for, no 10 s have more than 50 requests and no hour more than 500", arguments: 0..<5 as Range<UInt64>)
    func neverMore(seed: UInt64) {
        let times = times(of: [.token, .token, .data], seed: seed, seconds: 8000).map(\.1)
        #expect(times.count > 900, "and what is allowed goes")
        for (first, after) in zip(times, times.dropFirst(50)) { #expect(after.timeIntervalSince(first) >= 10) }
        for (first, after) in zip(times, times.dropFirst(500)) { #expect(after.timeIntervalSince(first) >= 3600) }
    }

    @Test("A request is forgotten once the longest window, an hour, is over, and not before")
    func forgotten() {
        var quota = RequestQuota(.netatmo)
        for second in [0.0, 1, 3600] { #expect(quota.admit(.token, at: now(second)) == .go) }
        #expect(quota.requests.all == [now(1), now(3600)])
        #expect(quota.admit(.token, at: now(7200)) == .go)
        #expect(quota.requests.all == [now(7200)])
    }

    @Test("Data leave room for tokens: after an hour of nothing but data a token is still to be had")
    func roomForTokens() {
        var quota = RequestQuota(RequestLimits(all: RequestLimits.netatmo.all, data: RequestLimits.netatmo.data, spacing: nil))
        for second in 0..<450 { #expect(quota.admit(.data, at: now(Double(second))) == .go) }
        #expect(quota.admit(.data, at: now(450)) == .refuse(until: now(3600)))
        for second in 450..<500 { #expect(quota.admit(.token, at: now(Double(second))) == .go) }
        #expect(quota.admit(.token, at: now(500)) == .refuse(until: now(3600)))
        #expect(quota.admit(.token, at: now(3600)) == .go)
    }

    @Test("An export leaves a fifth of an hour's requests, and something to charts beside it")
    func exports() {
        let limits = RequestLimits.netatmo
        var quota = RequestQuota(
            RequestLimits(all: limits.all, data: limits.data, histories: limits.histories, exports: limits.exports, spacing: nil))
        for second in 0..<380 { #expect(quota.admit(.export, at: now(Double(second))) == .go) }
        #expect(quota.admit(.export, at: now(380)) == .refuse(until: now(3600)))
        for second in 380..<400 { #expect(quota.admit(.history, at: now(Double(second))) == .go) }
        #expect(quota.admit(.history, at: now(400)) == .refuse(until: now(3600)))
        for second in 400..<450 { #expect(quota.admit(.data, at: now(Double(second))) == .go) }
        #expect(quota.admit(.token, at: now(450)) == .go)
        // What went for others counts too.
        #expect(quota.admit(.export, at: now(3600)) == .refuse(until: now(3670)))
        #expect(quota.admit(.export, at: now(3670)) == .go)
    }

    @Test("Two requests for data in 11 s, the third waits for its turn; tokens don't")
    func spacing() {
        var quota = RequestQuota(.netatmo)
        #expect(quota.admit(.data, at: now(0)) == .go)
        #expect(quota.admit(.data, at: now(3)) == .go)
        #expect(quota.admit(.data, at: now(4)) == .wait(until: now(11)))
        #expect(quota.admit(.token, at: now(4)) == .go)
        #expect(quota.admit(.data, at: now(11)) == .go)
        #expect(quota.admit(.data, at: now(12)) == .wait(until: now(14)))
    }

    @Test("What nobody waits for leaves half of each limit to others: one request for data in 11 s, 225 in an hour")
    func spareTime() {
        var quota = RequestQuota(.netatmo)
        #expect(quota.spareTime(at: now(0)) == nil)
        #expect(quota.admit(.data, at: now(0)) == .go)
        #expect(quota.spareTime(at: now(5)) == now(11))
        #expect(quota.admit(.data, at: now(5)) == .go, "the user has the other one")
        #expect(quota.spareTime(at: now(11)) == now(16))
        #expect(quota.spareTime(at: now(16)) == nil)
        for number in 2..<225 { #expect(quota.admit(.data, at: now(Double(number) * 6)) == .go) }
        #expect(quota.spareTime(at: now(1400)) == now(3600))
        #expect(quota.admit(.data, at: now(1400)) == .go)
        var unlimited = RequestQuota(.none)
        for _ in 0..<100 { #expect(unlimited.admit(.data, at: now(0)) == .go && unlimited.spareTime(at: now(0)) == nil) }
    }

    @Test("An export does not take from what nobody waits for, such as the counting of rain; but what NetAtmo allows holds for both")
    func spareTimeBesideExport() {
        var quota = RequestQuota(.netatmo)
        // One every 9 s, as an export does for hours: more than half of what is allowed.
        for number in 0..<380 {
            #expect(quota.admit(.export, at: now(Double(number) * 9)) == .go)
            #expect(quota.spareTime(at: now(Double(number) * 9 + 8)) == nil)
        }
        #expect(quota.admit(.export, at: now(3420)) != .go)
        #expect(quota.admit(.data, at: now(3425)) == .go)
        #expect(quota.spareTime(at: now(3426)) == now(3436))
        var spaced = RequestQuota(.netatmo)
        for number in 0..<2 { #expect(spaced.admit(.export, at: now(Double(number))) == .go) }
        #expect(spaced.spareTime(at: now(2)) == nil, "it waits for its turn beside the export, and not for an end of it")
        #expect(spaced.admit(.history, at: now(2)) == .wait(until: now(11)))
        var full = RequestQuota(RequestLimits(all: [.init(count: 4, seconds: 100)]))
        for number in 0..<4 { #expect(full.admit(.export, at: now(Double(number))) == .go) }
        #expect(full.spareTime(at: now(50)) == now(100) && full.spareTime(at: now(100)) == nil)
    }

    @Test("Histories leave a tenth of an hour's room to readings: 400 requests, then readings alone, which are 50 more")
    func roomForReadings() {
        var quota = RequestQuota(.netatmo)
        for number in 0..<400 { #expect(quota.admit(.history, at: now(Double(number) * 6)) == .go) }
        #expect(quota.admit(.history, at: now(2400)) == .refuse(until: now(3600)))
        for number in 400..<450 { #expect(quota.admit(.data, at: now(Double(number) * 6)) == .go) }
        #expect(quota.admit(.data, at: now(2700)) == .refuse(until: now(3600)))
        #expect(quota.admit(.history, at: now(3600)) == .refuse(until: now(3900)))
    }

    @Test("A clock that is set back by a day gives no new room, and takes none away for longer than a window")
    func clockSetBack() {
        var quota = RequestQuota(.netatmo)
        #expect(quota.admit(.data, at: now(0)) == .go)
        #expect(quota.admit(.data, at: now(1)) == .go)
        #expect(quota.admit(.data, at: now(-86_400)) == .wait(until: now(-86_389)))
        #expect(quota.admit(.data, at: now(-86_389)) == .go)
    }

    @Test("Without limits everything goes")
    func none() {
        var quota = RequestQuota(.none)
        for _ in 0..<2000 { #expect(quota.admit(.data, at: now(0)) == .go) }
    }
}

@Suite("Requests within NetAtmo's limits")
struct QuotaTransportTests {
    private let clock = ManualClock()
    private let netatmo = ScriptedTransport { _ throws(NetatmoError) in NetatmoAnswer(status: 200, body: []) }

    private func request(_ path: String) -> NetatmoRequest {
        NetatmoRequest(purpose: path.hasPrefix("/api/") ? .data : .token, path: path, form: [])
    }

    @Test("The third request for data in 11 s is sent when its turn comes, with no error")
    func waits() async throws {
        let transport = QuotaTransport(netatmo, limits: .netatmo, clock: clock)
        for _ in 0..<2 { _ = try await transport.send(request("/api/getstationsdata")) }
        async let third = transport.send(request("/api/getmeasure"))
        try await clock.sleeper(until: SampleStations.now(11))
        #expect(netatmo.requests.count == 2)
        clock.advance(by: .seconds(11))
        #expect(try await third.status == 200)
    }

    /// A request for what a module measured.
    private var history: NetatmoRequest { NetatmoRequest(purpose: .history, path: "/api/getmeasure", form: []) }

    @Test("Readings that wait for their turn go before a history that waited before them")
    func readingsFirst() async throws {
        let transport = QuotaTransport(netatmo, limits: .netatmo, clock: clock)
        _ = try await transport.send(history)
        clock.advance(by: .seconds(5))
        _ = try await transport.send(history)
        let late = Task { try await transport.send(history) }
        try await clock.sleeper(until: SampleStations.now(11))
        let readings = Task { try await transport.send(request("/api/getstationsdata")) }
        defer { for task in [late, readings] { task.cancel() } }
        try await clock.sleepers(atLeast: 2)
        clock.advance(by: .seconds(6))
        try await netatmo.requests(atLeast: 3)
        #expect(netatmo.requests.map(\.path) == ["/api/getmeasure", "/api/getmeasure", "/api/getstationsdata"])
        try await clock.sleeper(until: SampleStations.now(16))
        clock.advance(by: .seconds(5))
        try await netatmo.requests(atLeast: 4)
        #expect(try await late.value.status == 200)
    }

    @Test("A history that comes while readings wait lets them go first, and goes on where they are cancelled")
    func historyBehind() async throws {
        let transport = QuotaTransport(netatmo, limits: .netatmo, clock: clock)
        for _ in 0..<2 { _ = try await transport.send(history) }
        let readings = Task { try await transport.send(request("/api/getstationsdata")) }
        try await clock.sleeper(until: SampleStations.now(11))
        async let behind = transport.send(history)
        try await clock.sleeper(until: SampleStations.now(1))
        readings.cancel()
        try await clock.sleepers(atLeast: 1)
        try await clock.sleeper(until: SampleStations.now(11))
        clock.advance(by: .seconds(11))
        #expect(try await behind.status == 200)
        #expect(netatmo.requests.map(\.path) == ["/api/getmeasure", "/api/getmeasure", "/api/getmeasure"])
    }

    @Test("One that waits ends when it is cancelled, and was not sent")
    func cancelled() async throws {
        let transport = QuotaTransport(netatmo, limits: .netatmo, clock: clock)
        for _ in 0..<2 { _ = try await transport.send(request("/api/getstationsdata")) }
        let third = Task { try await transport.send(request("/api/getstationsdata")) }
        try await clock.sleepers(atLeast: 1)
        third.cancel()
        await #expect(throws: NetatmoError.self) { try await third.value }
        #expect(netatmo.requests.count == 2)
    }

    /// A clock that can be set while the time goes on as ever.
    private final class SettableClock: WallClock {
        let base = ManualClock()
        let offset = Mutex<TimeInterval>(0)

        var now: Date { base.now.addingTimeInterval(offset.withLock { $0 }) }
        var uptime: TimeInterval { base.uptime }

        func sleep(until deadline: Date) async throws {
            try await base.sleep(until: deadline.addingTimeInterval(-offset.withLock { $0 }))
        }
    }

    @Test("A clock that is set forward or back opens no second hour's room", arguments: [3600.0, 86_400, -3600, -86_400])
    func clockIsSet(seconds: TimeInterval) async throws {
        let clock = SettableClock()
        let limits = RequestLimits(all: [.init(count: 3, seconds: 3600)], data: [], spacing: nil)
        let transport = QuotaTransport(netatmo, limits: limits, clock: clock)
        for _ in 0..<3 { _ = try await transport.send(request("/oauth2/token")) }
        clock.offset.withLock { $0 = seconds }
        clock.base.advance(by: .seconds(600))
        await #expect(throws: NetatmoError(.heldBack, retryAfter: .seconds(3000))) { try await transport.send(request("/oauth2/token")) }
        #expect(netatmo.requests.count == 3)
        clock.base.advance(by: .seconds(3000))
        _ = try await transport.send(request("/oauth2/token"))
    }

    @Test("One that waits for its turn waits as long by a clock that shows another hour")
    func waitsAsLong() async throws {
        let clock = SettableClock()
        clock.offset.withLock { $0 = 86_400 }
        let transport = QuotaTransport(netatmo, limits: .netatmo, clock: clock)
        for _ in 0..<2 { _ = try await transport.send(request("/api/getstationsdata")) }
        async let third = transport.send(request("/api/getmeasure"))
        try await clock.base.sleeper(until: SampleStations.now(11))
        clock.base.advance(by: .seconds(11))
        #expect(try await third.status == 200)
    }

    @Test("A request beyond the hour's number is not sent, and says when there is room again")
    func refused() async throws {
        let limits = RequestLimits(all: [.init(count: 3, seconds: 3600)], data: [], spacing: nil)
        let transport = QuotaTransport(netatmo, limits: limits, clock: clock)
        for _ in 0..<3 { _ = try await transport.send(request("/oauth2/token")) }
        clock.advance(by: .seconds(600))
        await #expect(throws: NetatmoError(.heldBack, retryAfter: .seconds(3000))) { try await transport.send(request("/oauth2/token")) }
        #expect(netatmo.requests.count == 3)
    }
}
