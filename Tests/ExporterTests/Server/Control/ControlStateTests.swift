import Foundation
import Glibc
import ServiceLifecycle
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem
@testable import Server

@Suite("The state over the control socket")
struct ControlStateTests {
    @Test("the first line has all parts, and says which engine it is")
    func firstLine() async throws {
        let bench = try ControlSocketBench()
        bench.fill()
        try await bench.run {
            let line = try await StateReader(bench.socket).line()
            #expect(
                line.keys == [
                    "version", "now", "engine", "token", "data", "stations", "readings", "events", "exporter", "signIn", "log",
                ])
            #expect(line.update.engine == ControlSocketBench.description)
            #expect(line.update.now == bench.clock.now)
            #expect(line.update.events == .init(from: 7, events: bench.store.snapshot.events))
            #expect(line.update.log?.lines == bench.tail.tail.lines)
        }
    }

    @Test("it has all parts where nothing has happened yet, too")
    func nothingYet() async throws {
        let bench = try ControlSocketBench()
        try await bench.run {
            let line = try await StateReader(bench.socket).line()
            let parts = ["version", "engine", "token", "data", "stations", "readings", "events", "exporter", "signIn", "log"]
            #expect(line.keys.isSuperset(of: parts))
            #expect(line.update.events == .init(from: 0, events: []))
        }
    }

    /// What can change, and the part that tells of it.
    enum Change: CaseIterable {
        case token, event, scrape, signIn, log, readings, attempt, station

        var keys: Set<String> {
            switch self {
            case .token: ["token"]
            case .event: ["events"]
            case .scrape: ["exporter"]
            case .signIn: ["signIn"]
            case .log: ["log"]
            case .readings: ["data", "readings"]
            case .attempt: ["data"]
            case .station: ["data", "stations", "readings"]
            }
        }

        func happen(in bench: ControlSocketBench) {
            let data = bench.store.snapshot.data
            switch self {
            case .token: bench.store.update { $0.token = ControlSocketBench.token(seconds: 123) }
            case .event: bench.store.update { $0.events.append(Event(time: SampleStations.now, kind: .tokenMissing)) }
            case .scrape: bench.store.noteScrape(at: SampleStations.now)
            case .signIn: bench.store.update { $0.signIn = .exchanging }
            case .log: bench.tail.write("another line")
            case .readings: fetch(data.stations, in: bench)
            case .attempt:
                var data = data
                data.isFetching = true
                bench.store.publish(data)
            case .station: fetch(Array(data.stations.dropLast()), in: bench)
            }
        }

        private func fetch(_ stations: [Station], in bench: ControlSocketBench) {
            bench.store.publish(DataStatus(stations: stations, fetchedAt: SampleStations.now(480)))
        }
    }

    @Test("a change comes at once as a line with that part alone", arguments: Change.allCases)
    func change(_ change: Change) async throws {
        let bench = try ControlSocketBench()
        bench.fill()
        try await bench.run {
            let reader = try StateReader(bench.socket)
            _ = try await reader.line()
            // Not so far that a sign of life were due.
            bench.clock.advance(by: .seconds(4))
            change.happen(in: bench)
            let line = try await reader.line("\(change)")
            #expect(line.keys == change.keys.union(["now"]))
            #expect(line.update.now == bench.clock.now)
            if change == .event {
                let count = bench.store.snapshot.eventCount
                #expect(line.update.events == .init(from: count - 1, events: bench.store.snapshot.events.suffix(1)))
            }
            if change == .log { #expect(line.update.log?.lines.map(\.message) == ["another line"]) }
        }
    }

    @Test("at rest a line with its time alone comes each ten seconds, at the same moments for all readers: the engine lives")
    func signsOfLife() async throws {
        let bench = try ControlSocketBench()
        bench.fill()
        try await bench.run {
            let readers = try [StateReader(bench.socket), StateReader(bench.socket)]
            for reader in readers { _ = try await reader.line() }
            for seconds in [5, 10, 10, 10] {
                try await bench.clock.sleepers(atLeast: 2)
                #expect(Set(bench.clock.deadlines).count == 1)
                bench.clock.advance(by: .seconds(seconds))
                for reader in readers {
                    let line = try await reader.line()
                    #expect(line.keys == ["now"])
                    #expect(line.update.isEmpty && line.update.now == bench.clock.now)
                }
            }
            // What changes nothing is no sign of life, and what changes something comes at once all the same.
            for _ in 1...20 {
                bench.store.update { _ in }
                await Task.yield()
            }
            bench.store.update { $0.signIn = .exchanging }
            for reader in readers { #expect(try await reader.line().keys == ["now", "signIn"]) }
        }
    }

    @Test("for a reader that does not read the signs of life don't pile up")
    func missedSignsOfLife() async throws {
        let bench = try ControlSocketBench()
        // More than the system keeps for a reader, so that its first line is under way all the time.
        let words = String(repeating: "word ", count: 1000)
        bench.store.update { $0.events = (1...400).map { Event(time: SampleStations.now, kind: .settingDoubtful("\(words)\($0)")) } }
        try await bench.run {
            let (slow, other) = (try StateReader(bench.socket), try StateReader(bench.socket))
            _ = try await other.line()
            try await bench.logged("control screen attached", times: 2)
            for _ in 1...300 {
                try await bench.clock.sleepers(atLeast: 2)
                bench.clock.advance(by: .seconds(10))
                #expect(try await other.line().keys == ["now"])
            }
            #expect(try await slow.line().keys.contains("engine"))
            bench.store.update { $0.signIn = .exchanging }
            var empty = 0
            while try await slow.line().update.isEmpty { empty += 1 }
            // One that was under way behind the first line, and one that was due.
            #expect(empty <= 2, "\(empty) of 300 were kept for it")
        }
    }

    @Test("it ends with the program, within the time of grace, and for one who does not read, too")
    func shutdown() async throws {
        let bench = try ControlSocketBench()
        // More than the system keeps for a reader.
        let words = String(repeating: "word ", count: 1000)
        bench.store.update { $0.events = (1...400).map { Event(time: SampleStations.now, kind: .settingDoubtful("\(words)\($0)")) } }
        try await running([bench.server]) { group in
            try await bench.isListening()
            let stuck = try RawConnection(socket: bench.socket.path)
            stuck.send("GET /v1/state HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let reader = try StateReader(bench.socket)
            _ = try await reader.line()
            let start = ContinuousClock.now
            await group.triggerGracefulShutdown()
            #expect(try await reader.next()?.keys == nil)
            #expect(await reader.isWhole)
            _ = try await until("the socket's end", every: .milliseconds(1)) { bench.socket.presence() == .absent ? true : nil }
            #expect(bench.log.lines.count { $0.contains("detached") } < 2, "who comes now is not let wait for those who go")
            try await bench.logged("control screen detached", times: 2)
            // A second of grace, and what a busy machine adds.
            #expect(ContinuousClock.now - start < .seconds(8))
            _ = stuck
        }
    }

    @Test("it ends when its reader goes, without a line in between, and the log names who came and went")
    func gone() async throws {
        let bench = try ControlSocketBench()
        try await bench.run {
            let who = "by uid \(geteuid()), pid \(getpid())"
            do {
                let reader = try StateReader(bench.socket)
                _ = try await reader.line()
                try await bench.logged("control screen attached \(who)")
                #expect(!bench.log.lines.contains { $0.contains("detached") })
            }
            try await bench.logged("control screen detached \(who)")
        }
    }

    @Test("it ends when its reader says that it sends no more: it may be gone, as far as can be known")
    func halfGone() async throws {
        let bench = try ControlSocketBench()
        try await bench.run {
            let reader = try StateReader(bench.socket)
            _ = try await reader.line()
            reader.finish()
            try await bench.logged("control screen detached")
            #expect(try await reader.next()?.keys == nil)
        }
    }

    @Test("several readers get each change, and go on when one of them goes")
    func severalReaders() async throws {
        let bench = try ControlSocketBench()
        bench.fill()
        try await bench.run {
            let others = [try StateReader(bench.socket), try StateReader(bench.socket)]
            do {
                let leaving = try StateReader(bench.socket)
                for reader in others + [leaving] { _ = try await reader.line() }
                bench.store.update { $0.signIn = .failed(reason: "one") }
                for reader in others + [leaving] { #expect(try await reader.line().update.signIn == .failed(reason: "one")) }
            }
            try await bench.logged("control screen detached")
            bench.tail.write("another line")
            for reader in others { #expect(try await reader.line().update.log?.lines.map(\.message) == ["another line"]) }
        }
    }

    @Test("a reader that does not read while 1,000 events happen gets the newest state in a few lines; others go on meanwhile")
    func backPressure() async throws {
        let bench = try ControlSocketBench()
        // More than the system keeps for a reader.
        let words = String(repeating: "word ", count: 240)
        bench.store.update { $0.events = (1...500).map { Event(time: SampleStations.now, kind: .settingDoubtful("\(words)\($0)")) } }
        try await bench.run {
            let (slow, other) = (try StateReader(bench.socket), try StateReader(bench.socket))
            try await bench.logged("control screen attached", times: 2)
            _ = try await other.line()
            for number in 1...1000 {
                bench.store.update { snapshot in
                    snapshot.events.append(Event(time: SampleStations.now(Double(number)), kind: .stopWaits))
                    snapshot.events.removeFirst()
                    snapshot.forgottenEvents += 1
                }
                bench.tail.write("line \(number)")
                if number % 50 == 0 {
                    bench.store.publish(DataStatus(stations: SampleStations.all, fetchedAt: SampleStations.now(Double(number))))
                }
                var told = number.isMultiple(of: 10) ? 0 : .max
                while told < 500 + number {
                    guard let events = try await other.line("event \(number)").update.events else { continue }
                    told = events.from + events.events.count
                }
            }
            bench.store.update { $0.token = ControlSocketBench.token(seconds: 77) }
            #expect(bench.store.snapshot.eventCount == 1500)
            var (lines, token, end, readings) = (0, TokenStatus?.none, 0, Date?.none)
            while end < 1500 || token != ControlSocketBench.token(seconds: 77) || readings != SampleStations.now(1000) {
                let update = try await slow.line("after \(lines) lines").update
                lines += 1
                if let events = update.events { end = events.from + events.events.count }
                token = update.token ?? token
                readings = update.data?.fetchedAt ?? readings
                #expect(update.events?.events.count ?? 0 <= 500)
            }
            #expect(lines <= 6, "\(lines) lines: what was missed was kept for it")
        }
    }
}
