import Dispatch
import Glibc
import Synchronization
import OperatingSystem

/// An output for lines that are appended, standard output most often: a slow reader holds no other part up, and the end of one is
/// noticed.
final class LineOutput: Sendable {
    /// Why no more can be written.
    enum End: Sendable {
        /// Its reader has gone: a pipe was closed, or a terminal is gone.
        case readerGone
        case failed(FileError)
    }

    fileprivate struct State {
        var pending = 0
        var end: End?
        var waiter: AsyncStream<End>.Continuation?
    }

    /// Lines that wait for their reader at most; what comes then is dropped.
    static let capacity = 10_000

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "netatmo-dashboard.output")
    private let state = Mutex(State())

    /// - Parameter descriptor: Where the lines go. It stays open.
    init(descriptor: Int32 = STDOUT_FILENO) {
        self.descriptor = descriptor
    }

    /// Why no more can be written; `nil` as long as it can.
    var knownEnd: End? { state.withLock { $0.end } }

    func write(_ text: String) {
        guard !text.isEmpty, state.withLock({ $0.hasRoom() }) else { return }
        queue.async {
            let error = writeAll(Array(text.utf8), to: self.descriptor)
            self.state.withLock { $0.pending -= 1 }
            if let error { self.end(error.code == EPIPE || error.code == EIO ? .readerGone : .failed(error)) }
        }
    }

    /// Returns once no more can be written, or `nil` when the task is cancelled.
    func waitForEnd() async -> End? {
        let (ends, waiter) = AsyncStream.makeStream(of: End.self)
        if let end = state.withLock({ $0.wait(waiter) }) { return end }
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now(), repeating: .seconds(2), leeway: .milliseconds(500))
        timer.setEventHandler { [weak self] in self?.lookForReader() }
        timer.activate()
        defer { timer.cancel() }
        return await ends.first { _ in true }
    }

    /// Returns when all is written, or after a second where its reader hangs.
    func finish() async {
        await queue.finish(within: .seconds(1)) {}
    }

    /// A pipe whose reader is gone says so by an error, without being asked.
    private func lookForReader() {
        var output = pollfd(fd: descriptor, events: 0, revents: 0)
        guard poll(&output, 1, 0) > 0, output.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 else { return }
        end(.readerGone)
    }

    private func end(_ end: End) {
        state.withLock { state in
            guard state.end == nil else { return }
            state.end = end
            state.waiter?.yield(end)
        }
    }
}

extension LineOutput.State {
    fileprivate mutating func hasRoom() -> Bool {
        guard end == nil, pending < LineOutput.capacity else { return false }
        pending += 1
        return true
    }

    fileprivate mutating func wait(_ waiter: AsyncStream<LineOutput.End>.Continuation) -> LineOutput.End? {
        self.waiter = waiter
        return end
    }
}
