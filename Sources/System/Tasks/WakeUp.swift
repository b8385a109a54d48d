package import FoundationEssentials
import Synchronization

/// A bell for one waiting task: rung while nobody waits, it is remembered until somebody does.
package final class WakeUp: Sendable {
    private enum State {
        case quiet
        case rung
        case waiting(CheckedContinuation<Void, Never>)
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

    private let state = Mutex(State.quiet)

    package init() {}

    /// Wakes the waiting task, or lets the next one pass at once.
    package func ring() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard case .waiting(let continuation) = state else {
                state = .rung
                return nil
            }
            state = .quiet
            return continuation
        }
        waiter?.resume()
    }

    /// Returns after the next ring, or when the task is cancelled.
    package func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let passes = state.withLock { state in
                    if case .rung = state {
                        state = .quiet
                        return true
                    }
                    if Task.isCancelled { return true }
                    state = .waiting(continuation)
                    return false
                }
                if passes { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard case .waiting(let continuation) = state else { return nil }
                state = .quiet
                return continuation
            }
            waiter?.resume()
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
