import EngineAPI
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Screen
@testable import OperatingSystem
@testable import netatmo_dashboard

@Suite("The log of the dashboard")
struct DashboardLogTests {
    private let disk = FakeDisk()
    private let clock = ManualClock()
    private let log: DashboardLog
    private let logger: Logger

    init() {
        log = DashboardLog(file: disk, clock: clock)
        logger = log.logger(label: "test", level: .trace)
    }

    private var panel: [String] { log.latest(LogTail.capacity).map { "\($0.level.rawValue) \($0.message)" } }

    /// The status of the file as the panel has it.
    private func fileStatus() async -> LogFileStatus? {
        for await tail in log.tails() { return tail.file }
        return nil
    }

    @Test("puts one line a message into the file and the panel, under netatmo-exporter's names of levels")
    func lines() async {
        logger.trace("a")
        logger.debug("b")
        logger.info("c")
        logger.notice("d")
        logger.warning("e")
        logger.error("token failed: no connection")
        logger.critical("g")
        await log.finish()
        let words = ["trace a", "debug b", "info c", "info d", "warning e", "error token failed: no connection", "fatal g"]
        #expect(panel == words)
        #expect(disk.lines == words.map { "2026-11-23T17:18:05Z " + $0 })
        #expect(await fileStatus() == .writing(path: "/state/log"))
    }

    @Test("says what a package's line is about")
    func metadata() {
        var logger = logger
        logger[metadataKey: "group"] = "exporter"
        logger.debug("Starting service", metadata: ["service": "token"])
        #expect(panel == ["debug Starting service group=exporter service=token"])
    }

    @Test("leaves out what is below its level")
    func level() async {
        log.logger(label: "test", level: .warning).info("not wanted")
        await log.finish()
        #expect(disk.lines.isEmpty)
        #expect(panel.isEmpty)
    }

    @Test("makes one harmless line of a message that would command the terminal or feign other lines")
    func hostile() async {
        logger.info("a\nfatal b\r\u{1b}[2J\u{0}\u{202e}c")
        await log.finish()
        #expect(disk.lines.count == 1)
        #expect(disk.text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7f && $0.value != 0x202e })
    }

    @Test("cuts off a message without end")
    func longMessage() async throws {
        logger.info("\(String(repeating: "x", count: 100_000))")
        await log.finish()
        #expect(try #require(disk.lines.first).count < 1100)
    }

    @Test("tells the panel once that the file can't be written, goes on, and writes all of it later")
    func failing() async {
        disk.fails(with: ENOSPC)
        logger.info("one")
        await log.finish()
        logger.info("two")
        logger.info("three")
        await log.finish()
        #expect(await fileStatus() == .failing(path: "/state/log", reason: "can't write: No space left on device"))
        #expect(
            panel.filter { $0.hasPrefix("warning") } == [
                "warning log file /state/log: can't write: No space left on device; tried again after 30 s"
            ])
        disk.fails(with: nil)
        clock.advance(by: .seconds(30))
        logger.info("four")
        await disk.waits { $0.has("four") }
        await log.finish()
        #expect(disk.lines.map { $0.split(separator: " ").last } == ["one", "two", "three", "four"])
        #expect(await fileStatus() == .writing(path: "/state/log"))
        #expect(panel.last == "info log file /state/log: written again")
    }

    @Test("leaves a disk that fails alone for half a minute, also where the clock is set back")
    func pause() async {
        disk.fails(with: EROFS)
        logger.info("one")
        await log.finish()
        let tries = disk.tries
        clock.advance(by: .seconds(29))
        for _ in 0..<10 { logger.info("more") }
        #expect(disk.tries == tries)
        disk.fails(with: nil)
        clock.advance(by: .seconds(-3600))
        logger.info("two")
        await disk.waits { $0.has("two") }
    }

    @Test("keeps a thousand lines for a disk that hangs and says how many more there were; nobody waits for it")
    func slowDisk() async {
        disk.hangs()
        logger.info("line 1")
        await disk.waits { $0.tries == 1 }
        for number in 2...1003 { logger.info("line \(number)") }
        await log.finish(within: .milliseconds(1))
        disk.goesOn()
        await log.finish(within: .seconds(60))
        let lines = disk.lines
        #expect(lines.count == 1001)
        #expect(lines.last == "2026-11-23T17:18:05Z warning log 3 lines left out here: the disk was too slow or full")
        #expect(lines.dropLast().last?.hasSuffix("info line 1000") == true)
    }

    @Test("keeps the latest thousand lines for the panel, whatever becomes of the file")
    func capacity() async {
        let log = DashboardLog(file: nil, clock: clock)
        let logger = log.logger(label: "test", level: .info)
        for number in 1...1005 { logger.info("\(number)") }
        await log.finish()
        #expect(log.latest(5000).count == LogTail.capacity)
        #expect(log.latest(1).first?.message == "1005")
        #expect(log.latest(5000).first?.message == "6")
    }
}

/// A disk that takes, refuses or hangs.
private final class FakeDisk: LogStorage {
    struct State {
        var bytes: [UInt8] = []
        var tries = 0
        var failure: Int32?
        fileprivate var waiter: (isSatisfied: @Sendable (State) -> Bool, continuation: CheckedContinuation<Void, Never>)?

        /// Whether a line that ends so is there.
        func has(_ end: String) -> Bool {
            String(decoding: bytes, as: UTF8.self).contains("\(end)\n")
        }

        /// Whoever has what it waited for.
        fileprivate mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
            guard let waiter, waiter.isSatisfied(self) else { return nil }
            self.waiter = nil
            return waiter.continuation
        }
    }

    let path = "/state/log"
    private let state = Mutex(State())
    private let gate = DispatchSemaphore(value: 1)

    var text: String { String(decoding: state.withLock { $0.bytes }, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }
    var tries: Int { state.withLock { $0.tries } }

    func fails(with code: Int32?) { state.withLock { $0.failure = code } }
    func hangs() { gate.wait() }
    func goesOn() { gate.signal() }

    func append(_ lines: [UInt8]) throws(FileError) {
        change { $0.tries += 1 }
        gate.wait()
        defer { gate.signal() }
        if let failure = state.withLock({ $0.failure }) { throw FileError(operation: "write", code: failure) }
        change { $0.bytes += lines }
    }

    /// Returns when the disk is as wanted.
    func waits(until isSatisfied: @escaping @Sendable (State) -> Bool) async {
        await withCheckedContinuation { continuation in change { $0.waiter = (isSatisfied, continuation) } }
    }

    private func change(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            return state.takeWaiter()
        }
        waiter?.resume()
    }
}
