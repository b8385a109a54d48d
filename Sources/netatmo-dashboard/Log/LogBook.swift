import EngineAPI
import Screen
import Synchronization

/// The latest lines of the log, and who reads them.
final class LogBook: Sendable {
    private struct State {
        var tail: LogTail
        var readers: [AsyncStream<LogTail>.Continuation] = []
    }

    private let state: Mutex<State>

    init(_ tail: LogTail) {
        state = Mutex(State(tail: tail))
    }

    var tail: LogTail { state.withLock { $0.tail } }

    /// What there is now, and again each time it changes; who is slow gets the latest.
    func tails() -> AsyncStream<LogTail> {
        let (stream, reader) = AsyncStream.makeStream(of: LogTail.self, bufferingPolicy: .bufferingNewest(1))
        state.withLock { state in
            state.readers.append(reader)
            reader.yield(state.tail)
        }
        return stream
    }

    func update(_ change: (inout LogTail) -> Void) {
        state.withLock { state in
            change(&state.tail)
            let tail = state.tail
            state.readers = state.readers.filter { reader in
                if case .terminated = reader.yield(tail) { false } else { true }
            }
        }
    }
}
