import Foundation
import TestSupport
import Testing

@testable import EngineAPI
@testable import EngineRemote
@testable import OperatingSystem

@Suite("A connection to an engine")
struct ReconnectionTests {
    private let engine = StateBench.engine
    private let gone = EngineConnectionError.ended

    @Test("that never stood is given up at once, with the reason")
    func first() {
        var reconnection = Reconnection()
        let error = EngineConnectionError.noEngine(path: "/run/s")
        #expect(reconnection.take(.failed(error), at: SampleStations.now) == .giveUp(error))
    }

    @Test("that is lost is tried again after a quarter of a second, then a half, then each second, and says since when it is lost")
    func waits() {
        var reconnection = Reconnection()
        #expect(reconnection.take(.attached(engine), at: SampleStations.now) == .follow)
        let lost = SampleStations.now(100)
        var now = lost
        for wait in [0.25, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] {
            let step = reconnection.take(.failed(gone), at: now)
            #expect(step == .tryAgain(after: wait, showing: .lost(engine, since: lost, gone)))
            now += wait
        }
        // Back within two seconds of the new start, whenever that is: a second until the next try, and the rest for what it takes.
        #expect(Reconnection.longestWait <= 1)
        for hours in 1...48 {
            let step = reconnection.take(.failed(gone), at: now.addingTimeInterval(Double(hours) * 3600))
            #expect(step == .tryAgain(after: 1, showing: .lost(engine, since: lost, gone)))
        }
    }

    @Test("that stands while the engine says nothing is lost since its last word, not since that was noticed")
    func silent() {
        var reconnection = Reconnection()
        _ = reconnection.take(.attached(engine), at: SampleStations.now)
        let error = EngineConnectionError.silent(seconds: 25)
        let first = reconnection.take(.failed(error), at: SampleStations.now(100))
        #expect(first == .tryAgain(after: 0.25, showing: .lost(engine, since: SampleStations.now(75), error)))
        let second = reconnection.take(.failed(gone), at: SampleStations.now(101))
        #expect(second == .tryAgain(after: 0.5, showing: .lost(engine, since: SampleStations.now(75), gone)))
    }

    @Test("that is back and lost anew is lost since then, and tried at once again; the engine is the new one")
    func again() {
        var reconnection = Reconnection()
        _ = reconnection.take(.attached(engine), at: SampleStations.now)
        _ = reconnection.take(.failed(gone), at: SampleStations.now(1))
        _ = reconnection.take(.failed(gone), at: SampleStations.now(2))
        let next = EngineDescription(
            command: "serve", processID: 900, build: engine.build, staleAge: .seconds(60), refreshInterval: .seconds(60), tokenFile: "/t")
        #expect(reconnection.take(.attached(next), at: SampleStations.now(3)) == .follow)
        let step = reconnection.take(.failed(gone), at: SampleStations.now(50))
        #expect(step == .tryAgain(after: 0.25, showing: .lost(next, since: SampleStations.now(50), gone)))
    }

    @Test("that is lost by a clock that is set back then is lost since now, not since a time to come")
    func setBack() {
        var reconnection = Reconnection()
        _ = reconnection.take(.attached(engine), at: SampleStations.now)
        _ = reconnection.take(.failed(gone), at: SampleStations.now(3600))
        let step = reconnection.take(.failed(gone), at: SampleStations.now(5))
        #expect(step == .tryAgain(after: 0.5, showing: .lost(engine, since: SampleStations.now(5), gone)))
    }

    @Test("tells the newest reason")
    func reason() {
        var reconnection = Reconnection()
        _ = reconnection.take(.attached(engine), at: SampleStations.now)
        _ = reconnection.take(.failed(gone), at: SampleStations.now)
        let other = EngineConnectionError.otherVersion(theirs: "2", own: "1")
        let step = reconnection.take(.failed(other), at: SampleStations.now(1))
        #expect(step == .tryAgain(after: 0.5, showing: .lost(engine, since: SampleStations.now, other)))
    }
}

@Suite("The silence of an engine over a connection that stands")
struct SilenceTests {
    /// Looks each five seconds; gives the second at which it is too long.
    private func end(lines: (Int) -> Int = { _ in 1 }, from start: TimeInterval = 0) -> Int? {
        var silence = Silence(after: 1, at: start)
        return stride(from: 5, through: 200, by: 5).first { silence.isTooLong(lines: lines($0), at: start + Double($0)) }
    }

    @Test("is too long after 25 s, and no sooner")
    func limit() {
        #expect(end() == 25)
        #expect(end(from: 86_400.3) == 25)
    }

    @Test("is over with each line, also with one that says nothing: as long as they come the engine lives")
    func lines() {
        #expect(end { 1 + $0 / 10 } == nil)
        #expect(end { 1 + $0 / 20 } == nil)
        // The last line came in the step before the thirtieth second.
        #expect(end { 1 + min(30, $0) / 10 } == 55)
        #expect(Silence.longest >= 2 * ControlProtocol.heartbeat + Silence.step, "one that is late must not count as missing")
    }

    @Test("does not count while this program was stopped itself: it reads what waits for it first", arguments: [10.0, 60, 3600, 1e6])
    func stopped(stop: TimeInterval) {
        var silence = Silence(after: 1, at: 0)
        let before = stride(from: 5, through: 20, by: 5).map { silence.isTooLong(lines: 1, at: $0) }
        #expect(before == [false, false, false, false])
        // The moment it goes on, and five steps more: an engine that has said nothing since is gone.
        let after = stride(from: 20 + stop, through: 45 + stop, by: 5).map { silence.isTooLong(lines: 1, at: $0) }
        #expect(after == [false, false, false, false, false, true])
    }
}

@Suite("Lines of a connection")
struct LineReaderTests {
    @Test("are the same however they are cut on the way")
    func cuts() throws {
        let text = Array("{\"a\":1}\n\n{\"b\":\"ø\"}\n{\"half".utf8)
        for size in 1...text.count {
            var reader = LineReader(limit: 100)
            var lines: [String] = []
            for start in stride(from: 0, to: text.count, by: size) {
                let piece = text[start..<min(start + size, text.count)]
                lines += try reader.lines(adding: piece).map { String(decoding: $0, as: UTF8.self) }
            }
            #expect(lines == ["{\"a\":1}", "", "{\"b\":\"ø\"}"], "in pieces of \(size)")
        }
    }

    @Test("may be as long as the limit, and no byte longer, whether their end has come or not")
    func limit() throws {
        var reader = LineReader(limit: 4)
        #expect(try reader.lines(adding: Array("1234\n12".utf8)).count == 1)
        #expect(try reader.lines(adding: Array("34".utf8)).isEmpty)
        #expect(throws: LineReader.TooLong.self) { try reader.lines(adding: Array("5".utf8)) }
        var another = LineReader(limit: 4)
        #expect(throws: LineReader.TooLong.self) { try another.lines(adding: Array("12345\n".utf8)) }
    }
}
