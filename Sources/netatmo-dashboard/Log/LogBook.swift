import EngineAPI
import OperatingSystem
import Synchronization

/// The latest lines of the log, and who reads them.
final class LogBook: Sendable {
    private struct State {
        var tail: LogTail
        var readers = Readers<LogTail>()
    }

    private let state: Mutex<State>

    init(_ tail: LogTail) {
        state = Mutex(State(tail: tail))
    }

    var tail: LogTail { state.withLock { $0.tail } }

    /// What there is now, and again each time it changes; who is slow gets the latest.
    func tails() -> AsyncStream<LogTail> {
        state.withLock { $0.readers.add(telling: $0.tail) }
    }

    func update(_ change: (inout LogTail) -> Void) {
        state.withLock { state in
            change(&state.tail)
            state.readers.tell(state.tail)
        }
    }
}
