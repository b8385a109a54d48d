import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import EngineRemote
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem
@testable import Server

/// The state of an engine over the lines of its control socket: what is told, and what is put together of it.
@Suite("A state told line by line")
struct StateLineTests {
    @Test(
        "numbers its events and log lines, tells the new ones alone, and after a gap those that are left",
        arguments: [1, 499, 500, 501, 1700])
    func numbers(count: Int) async throws {
        var bench = StateBench()
        bench.add(.tokenMissing)
        bench.log.append(LogLine(time: SampleStations.now, level: .info, message: "first"))
        var remote = try await bench.attach()
        #expect(try await bench.tell(&remote) == nil, "nothing is told twice")
        for number in 0..<count {
            bench.add(.dataFetched(modules: number, took: .seconds(1)))
            bench.log.append(LogLine(time: SampleStations.now, level: .info, message: "\(number)"))
        }
        let line = try #require(try await bench.line())
        let update = try JSONDecoder.status().decode(StateUpdate.self, from: Data(line))
        let events = try #require(update.events)
        #expect(events.events.count == min(count, 500) && events.from + events.events.count == count + 1)
        let lines = try #require(update.log)
        #expect(lines.lines.count == min(count, 1000) && lines.from + lines.lines.count == count + 1)
        try remote.take(line: line)
        #expect(remote.snapshot.events == bench.store.snapshot.events)
        #expect(remote.snapshot.forgottenEvents == bench.store.snapshot.forgottenEvents)
        #expect(remote.log == bench.log)
    }

    @Test("gives a slow reader the newest of all, once")
    func slowReader() async throws {
        var bench = StateBench()
        var remote = try await bench.attach()
        for number in 1...50 {
            bench.store.update { $0.signIn = .failed(reason: "\(number)") }
            bench.publish(SampleStations.all, at: Double(number))
        }
        try remote.take(line: try #require(try await bench.line()))
        #expect(remote.snapshot.signIn == .failed(reason: "50"))
        #expect(remote.snapshot.data.fetchedAt == SampleStations.now(50))
        #expect(try await bench.line() == nil)
    }

    @Test("is the very same at the other end, whatever happens in between", arguments: 1...6 as ClosedRange<UInt64>)
    func property(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var bench = StateBench()
        var remote = try await bench.attach()
        let samples = Samples()
        for round in 1...80 {
            for _ in 0..<Int.random(in: 1...3, using: &random) { samples.change(&bench, round: round, using: &random) }
            if let line = try await bench.line() { try remote.take(line: line) }
            let (own, told) = (bench.store.snapshot, remote.snapshot)
            #expect(told.token == own.token, "round \(round)")
            #expect(told.data.stations == own.data.stations, "round \(round)")
            #expect(told.data == own.data, "round \(round)")
            #expect(told.energy == own.energy, "round \(round)")
            #expect(told.events == own.events && told.forgottenEvents == own.forgottenEvents, "round \(round)")
            #expect(told.exporter == own.exporter && told.lastScrape == own.lastScrape, "round \(round)")
            #expect(told.signIn == own.signIn, "round \(round)")
            #expect(remote.log == bench.log, "round \(round)")
            #expect(told.connection == .attached(StateBench.engine))
        }
    }

    @Test(
        "leaves out of the numbers what no calendar has, what this release does not know and what no device says",
        arguments: [
            (#""lastSeen""#, -1), (#""lastSeen""#, 1e300), (#""lastSeen""#, 253_402_300_800), (#""measuredAt""#, -1e300),
            (#""percent""#, 1e300), (#""wifi""#, -1e300), (#""temperature.trend""#, 7), (#""temperature.time""#, 1e300), (#""mood""#, 3),
            (#""""#, 3),
        ])
    func oddNumbers(column: String, number: Double) throws {
        let line = Self.first(
            stations: #"[{"isFavorite":false,"devices":[{"id":"1","type":"NAMain","columns":[\#(column),"co2"]}]}]"#,
            readings: "[\(number),913]")
        let device = try RemoteState(firstLine: Array(line.utf8)).snapshot.data.stations[0].base
        #expect((device.lastSeen, device.battery?.percent, device.signal) == (nil, nil, nil))
        #expect(device.readings == Readings(time: nil, values: [.co2: 913]))
    }

    /// A first line with these parts.
    private static func first(
        version: String = "1", engine: String? = nil, stations: String = "[]", readings: String = "[]", more: String = ""
    ) -> String {
        let own =
            #"{"command":"serve","processID":812,"build":{"version":"1.2.3","commit":"abc1234"},"staleAfterSeconds":3600,"#
            + #""refreshIntervalSeconds":480,"tokenFile":"/t"}"#
        return #"{"now":"2026-11-23T17:18:05Z","version":\#(version),"engine":\#(engine ?? own),"stations":\#(stations),"#
            + #""readings":\#(readings)\#(more)}"#
    }

    private static let base = #"[{"isFavorite":false,"devices":[{"id":"1","type":"NAMain","columns":["co2"]}]}]"#

    @Test(
        "is refused with one reason where it is none, and ends no program",
        arguments: [
            ("", "a first line that is no state"), ("{}", "a first line that is no state"), ("null", "a first line that is no state"),
            ("[1]", "a first line that is no state"),
            (#"{"version":1,"engine":{"build":{"version":"1","commit":"c"}},"now":"x"}"#, "a line that is no state"),
            ("\u{0}", "a first line that is no state"), (first(version: "1.5"), "a first line that is no state"),
            (first(version: "1e300"), "a first line that is no state"), (first(engine: "null"), "a first line that is no state"),
            (first(engine: #"{"build":{"version":"1"}}"#), "a line that is no state"),
            (String(first().dropLast()), "a first line that is no state"),
            (#"{"now":"2026-11-23T17:18:05Z","version":1}"#, "a first line that is no state"),
            (first().replacing("2026-", with: "soon"), "a line that is no state"),
            (first(readings: "[1]"), "readings that are not those of its stations"),
            (first(stations: base), "readings that are not those of its stations"),
            (first(stations: base, readings: "[1,2]"), "readings that are not those of its stations"),
            (first(stations: base, readings: "[[1]]"), "a line that is no state"),
            (first(stations: base, readings: "[null]"), "a line that is no state"),
            (first(stations: base, readings: "[1e999]"), "a line that is no state"),
            (
                first(stations: #"[{"isFavorite":false,"devices":[]}]"#, readings: "[]"), "readings that are not those of its stations"
            ),
            (first(more: #","events":{"from":9223372036854775807,"events":[]}"#), "a line that is no state"),
            (first(more: #","events":{"from":-1,"events":[]}"#), "a line that is no state"),
            (first(more: #","log":{"from":9223372036854775807,"lines":[],"file":{"none":{}}}"#), "a line that is no state"),
            (first(more: #","log":{"from":-1,"lines":[],"file":{"none":{}}}"#), "a line that is no state"),
        ])
    func refused(line: String, reason: String) {
        #expect(throws: RemoteState.Fault.unreadable(reason)) { try RemoteState(firstLine: Array(line.utf8)) }
    }

    @Test("never ends the program, whatever numbers and bytes it is made of", arguments: 1...4 as ClosedRange<UInt64>)
    func garbage(seed: UInt64) async throws {
        var bench = StateBench()
        for kind in SampleEvents.kinds { bench.add(kind) }
        bench.publish(SampleStations.all)
        bench.store.publish(SampleEnergy.readings())
        bench.log.append(LogLine(time: SampleStations.now, level: .error, message: "a line"))
        let sample = try #require(try await bench.line())
        try await onOwnThread {
            var random = SeededGenerator(seed: seed)
            for _ in 0..<300 {
                let bytes = sample.withExtremes(using: &random)
                guard var remote = try? RemoteState(firstLine: bytes) else { continue }
                _ = (remote.snapshot.eventCount, remote.log.end, remote.engine.staleAge, remote.engine.name)
                try? remote.take(line: bytes)
                _ = (remote.snapshot.eventCount, remote.log.end)
            }
        }
    }
}

/// What happens in an engine.
private struct Samples {
    let tokens: [TokenStatus] = [
        TokenStatus(), TokenStatus(possession: .none(ignored: .init(since: SampleStations.now(-60), canRenew: true))),
        TokenStatus(possession: .refreshTokenOnly, renewal: .underWay(since: SampleStations.now)),
        TokenStatus(
            possession: .token(expiry: SampleStations.now(600.25), lifetime: 10_800, renewsAt: SampleStations.now(60)),
            saving: .saved(SampleStations.now)),
        TokenStatus(
            possession: .token(expiry: nil, lifetime: 0, renewsAt: nil),
            renewal: .failing(NetatmoError(.outage, status: 503, retryAfter: .seconds(90)), tries: 3, next: SampleStations.now(60)),
            saving: .blocked(SampleEvents.fullDisk, next: SampleStations.now(60))),
        TokenStatus(possession: .rejected(NetatmoError(.invalidGrant, status: 400, code: "invalid_grant"), expiry: SampleStations.now(9))),
    ]
    let signIns: [SignInStatus] = [
        .idle, .offered(expires: SampleStations.now(600.25)), .waitingForNetatmo(since: SampleStations.now), .exchanging,
        .succeeded(until: SampleStations.now(10_800)), .failed(reason: "denied \"so\" \u{1F3D4}"),
    ]
    let stations: [[Station]] = [[], SampleStations.all, [SampleStations.fjord], [SampleStations.hytte], SampleStations.all.reversed()]
    let files: [LogFileStatus] = [.none, .writing(path: "/var/log/x"), .failing(path: "/var/log/x", reason: "full")]

    func change(_ bench: inout StateBench, round: Int, using random: inout SeededGenerator) {
        switch Int.random(in: 0..<9, using: &random) {
        case 0: bench.store.update { $0.token = tokens.randomElement(using: &random) ?? $0.token }
        case 1: bench.store.update { $0.signIn = signIns.randomElement(using: &random) ?? $0.signIn }
        case 2:
            for _ in 0..<Int.random(in: 1...200, using: &random) {
                if let kind = SampleEvents.kinds.randomElement(using: &random) { bench.add(kind, at: Double(round)) }
            }
        case 3: bench.store.noteScrape(at: SampleStations.now(Double(round)))
        case 4:
            bench.store.update { $0.exporter = .listening(address: "[::1]:\(round)", port: round) }
        case 5:
            for number in 0..<Int.random(in: 1...400, using: &random) {
                bench.log.append(
                    LogLine(
                        time: SampleStations.now(Double(round)), level: LogLine.Level.allCases.randomElement(using: &random) ?? .info,
                        message: "line \(number) of \(round)"))
            }
            bench.log.file = files.randomElement(using: &random) ?? .none
        case 6:
            var data = bench.store.snapshot.data
            data.isFetching.toggle()
            data.nextFetch = Bool.random(using: &random) ? nil : SampleStations.now(Double(round) + 0.25)
            bench.store.publish(data)
        case 7:
            let rooms = [SampleEnergy.living, SampleEnergy.living(Double(round)), SampleEnergy.bath].filter { _ in .random(using: &random) }
            let homes = [SampleEnergy.home(rooms: rooms), SampleEnergy.empty].filter { _ in .random(using: &random) }
            bench.store.publish(SampleEnergy.readings(homes, at: Double(round / 2)))
        default:
            bench.publish(
                stations.randomElement(using: &random) ?? [], at: Double(round) * 480 + Double.random(in: 0...9, using: &random).rounded())
        }
    }
}
