package import FoundationEssentials
import Synchronization

/// A bell that wakes all tasks that wait for it. A ring that no task waits for is remembered: the next wait passes at once.
package final class WakeUp: Sendable {
    private struct State {
        var isRung = false
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
    }

    /// Why a waiting task goes on.
    package enum Reason: Sendable {
        /// The bell rang, or the task was cancelled.
        case rung
        /// The time that it waited for came.
        case timeCame
        /// The clock was set back: the time may have come by another clock.
        case clockWasSetBack
    }

    private let state = Mutex(State())

    package init() {}

    /// Wakes the tasks that wait, or lets the next one pass at once.
    package func ring() {
        let waiters = state.withLock { state in
            state.isRung = state.waiters.isEmpty
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns after the next ring, or when the task is cancelled.
    package func wait() async {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let passes = state.withLock { state in
                    if state.isRung {
                        state.isRung = false
                        return true
                    }
                    if Task.isCancelled { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if passes { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }

    /// Returns at a ring, at a time (never, where it is `nil`), or when the task is cancelled; whichever comes first.
    @discardableResult
    package func wait(until deadline: Date?, on clock: any WallClock) async -> Reason {
        guard let deadline else {
            await wait()
            return .rung
        }
        guard deadline > clock.now else { return .timeCame }
        return await withTaskGroup(of: Reason.self) { group in
            group.addTask {
                await self.wait()
                return .rung
            }
            group.addTask {
                guard (try? await clock.sleep(until: deadline)) != nil else { return .rung }
                return clock.now < deadline ? .clockWasSetBack : .timeCame
            }
            let first = await group.next() ?? .rung
            group.cancelAll()
            // Where both happen at once, the ring needs no more than going on; the clock does.
            let second = await group.next() ?? .rung
            return first == .rung ? second : first
        }
    }
}
