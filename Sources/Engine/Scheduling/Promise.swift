import Synchronization

/// A value that comes once, for any number of tasks that wait for it. A task that is cancelled waits no longer; the value may come
/// all the same.
package final class Promise<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiters: [Int: CheckedContinuation<Value?, Never>] = [:]
        var nextWaiter = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// The value, once it has come.
    package var value: Value? { state.withLock { $0.value } }

    /// Returns the value once it has come, or `nil` when the waiting task is cancelled.
    package func wait() async -> Value? {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.value != nil || Task.isCancelled { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if isOver { continuation.resume(returning: value) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume(returning: nil)
        }
    }

    /// Gives the value to all who wait for it, now or later. Only the first one counts.
    package func resolve(_ value: Value) {
        let waiters = state.withLock { state in
            state.value = state.value ?? value
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume(returning: value) }
    }
}
