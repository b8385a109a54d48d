import Dashboard
import Synchronization

/// The latest lines of the log, and who reads them.
final class LogBook: Sendable {
    private struct State {
        var history: LogHistory
        var readers: [AsyncStream<LogHistory>.Continuation] = []
    }

    private let state: Mutex<State>

    init(_ history: LogHistory) {
        state = Mutex(State(history: history))
    }

    /// What there is now.
    var history: LogHistory { state.withLock { $0.history } }

    /// What there is now, and again each time it changes; who is slow gets the latest.
    func histories() -> AsyncStream<LogHistory> {
        let (stream, reader) = AsyncStream.makeStream(of: LogHistory.self, bufferingPolicy: .bufferingNewest(1))
        state.withLock { state in
            state.readers.append(reader)
            reader.yield(state.history)
        }
        return stream
    }

    /// Changes the history.
    func update(_ change: (inout LogHistory) -> Void) {
        state.withLock { state in
            change(&state.history)
            let history = state.history
            state.readers = state.readers.filter { reader in
                if case .terminated = reader.yield(history) { false } else { true }
            }
        }
    }
}
