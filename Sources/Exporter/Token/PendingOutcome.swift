import Synchronization

/// The outcome of an order, for any number of tasks that wait for it. A task that is cancelled waits no longer; the order goes on.
final class PendingOutcome: Sendable {
    private struct State {
        var outcome: TokenOutcome?
        var waiters: [Int: CheckedContinuation<TokenOutcome, Never>] = [:]
        var nextWaiter = 0
    }

    private let state = Mutex(State())

    /// Returns the outcome once there is one, or ``TokenOutcome/stopped`` when the waiting task is cancelled.
    func wait() async -> TokenOutcome {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let known = state.withLock { state -> TokenOutcome? in
                    if let outcome = state.outcome { return outcome }
                    if Task.isCancelled { return .stopped }
                    state.waiters[id] = continuation
                    return nil
                }
                if let known { continuation.resume(returning: known) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume(returning: .stopped)
        }
    }

    /// Gives the outcome to all who wait for it, now or later.
    func resolve(_ outcome: TokenOutcome) {
        let waiters = state.withLock { state in
            state.outcome = outcome
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume(returning: outcome) }
    }
}
