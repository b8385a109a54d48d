import EngineAPI
import Dispatch
import FoundationEssentials
import Screen
import Synchronization
import OperatingSystem

/// Brings log lines to their file on a queue of its own, so that no other part waits for the disk.
///
/// What can't be written is kept, as far as there is room, and tried again with a later line.
final class LogFileWriter: Sendable {
    private struct State {
        var pending: [LogLine] = []
        /// How many lines had no room behind the pending ones.
        var dropped = 0
        var isWriting = false
        /// When the last try failed; `nil` after one that did not.
        var failed: Date?
    }

    /// How many lines wait for the disk at most.
    static let capacity = 1000
    /// How many seconds pass between two tries while the file can't be written.
    static let pause = 30.0

    private let storage: any LogStorage
    private let clock: any WallClock
    private let report: @Sendable (LogFileStatus) -> Void
    private let queue = DispatchQueue(label: "netatmo-dashboard.log", qos: .utility)
    private let state = Mutex(State())

    /// - Parameter report: Is told when the file can no longer be written, and when it can again.
    init(storage: any LogStorage, clock: any WallClock, report: @escaping @Sendable (LogFileStatus) -> Void) {
        self.storage = storage
        self.clock = clock
        self.report = report
    }

    /// Takes a line; it is written soon.
    func add(_ line: LogLine) {
        let now = clock.now
        let starts = state.withLock { state in
            if state.pending.count < Self.capacity { state.pending.append(line) } else { state.dropped += 1 }
            // Both ways, since a clock may be set back.
            let isPaused = state.failed.map { abs(now.timeIntervalSince($0)) < Self.pause } ?? false
            guard !state.isWriting, !isPaused else { return false }
            state.isWriting = true
            return true
        }
        if starts { queue.async { self.writePending() } }
    }

    /// Writes what is pending, even where the last try failed, and returns when that is done.
    ///
    /// - Parameter limit: How long to wait for it; a disk may hang.
    func finish(within limit: DispatchTimeInterval) async {
        await queue.finish(within: limit) { self.writePending() }
    }

    private func writePending() {
        while let (text, count, dropped) = batch() {
            do throws(FileError) {
                try storage.append(text)
            } catch {
                return fail(error)
            }
            succeed(count: count, dropped: dropped)
        }
    }

    /// The text of all that is pending; `nil`, and the writing ends, where there is nothing.
    private func batch() -> (text: [UInt8], count: Int, dropped: Int)? {
        let now = clock.now
        return state.withLock { state in
            guard !state.pending.isEmpty || state.dropped > 0 else {
                state.isWriting = false
                return nil
            }
            var lines = state.pending
            if state.dropped > 0 {
                let words = "\(state.dropped) \(state.dropped == 1 ? "line" : "lines") left out here: the disk was too slow or full"
                lines.append(LogLine(time: now, level: .warning, message: "log \(words)"))
            }
            return (lines.flatMap { Array($0.record.utf8) }, state.pending.count, state.dropped)
        }
    }

    private func succeed(count: Int, dropped: Int) {
        let hadFailed = state.withLock { state in
            state.pending.removeFirst(count)
            state.dropped -= dropped
            defer { state.failed = nil }
            return state.failed != nil
        }
        if hadFailed { report(.writing(path: storage.path)) }
    }

    private func fail(_ error: FileError) {
        let now = clock.now
        let hadFailed = state.withLock { state in
            state.isWriting = false
            defer { state.failed = now }
            return state.failed != nil
        }
        if !hadFailed { report(.failing(path: storage.path, reason: "\(error)")) }
    }
}

extension LogLine {
    /// The line in the file: `2026-11-23T20:17:52Z error token failed: …`, with its end.
    var record: String {
        let second = Date(timeIntervalSince1970: time.timeIntervalSince1970.rounded(.down))
        return "\(RFC3339.text(second)) \(level.rawValue) \(message)\n"
    }
}
