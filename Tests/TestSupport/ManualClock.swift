package import FoundationEssentials
import Synchronization
import OperatingSystem

/// A clock that stands still until a test moves it.
package final class ManualClock: WallClock {
    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        var now: Date
        var reads = 0
        var sleepers: [Int: (deadline: Date, waiter: Waiter)] = [:]
        var watchers: [Int: (isSatisfied: @Sendable ([Date]) -> Bool, waiter: Waiter)] = [:]
        var nextID = 0

        var deadlines: [Date] { sleepers.values.map(\.deadline).sorted() }

        mutating func satisfiedWatchers() -> [Waiter] {
            let deadlines = deadlines
            let satisfied = watchers.filter { $0.value.isSatisfied(deadlines) }
            for id in satisfied.keys { watchers.removeValue(forKey: id) }
            return satisfied.values.map(\.waiter)
        }
    }

    private let state: Mutex<State>

    /// - Parameter now: The time to begin with.
    package init(now: Date = SampleStations.now) {
        state = Mutex(State(now: now))
    }

    /// The time that it stands at.
    package var now: Date {
        state.withLock { state in
            state.reads += 1
            return state.now
        }
    }

    /// How often somebody looked at it; a loop that never sleeps looks without end.
    package var reads: Int {
        state.withLock { $0.reads }
    }

    /// The times that tasks sleep until, the earliest first.
    package var deadlines: [Date] {
        state.withLock { $0.deadlines }
    }

    /// Moves the time on, and wakes those whose deadline came.
    package func advance(by duration: Duration) {
        move { $0.now.addingTimeInterval(duration / .seconds(1)) }
    }

    /// Waits until a task sleeps, and moves the time on to when the first one wants to wake.
    ///
    /// - Returns: The new time.
    @discardableResult
    package func wakeNext() async throws -> Date {
        while true {
            try await sleepers(atLeast: 1)
            // It may have been woken by something else meanwhile.
            if let time = move({ $0.deadlines.first }) { return time }
        }
    }

    /// Moves the time on, from one wake-up to the next, until something holds: looked at each time that so many tasks sleep, so that the
    /// time stays where it came about.
    package func wakeSleepers(atLeast count: Int = 1, until isOver: () -> Bool) async throws {
        while true {
            try await sleepers(atLeast: count)
            if isOver() { return }
            move { $0.sleepers.count >= count ? $0.deadlines.first : nil }
        }
    }

    /// Lets the time jump, forward or back, as when a clock is set. Where it jumps back all sleepers wake, as the system's
    /// clock wakes them.
    package func set(to time: Date) {
        move { _ in time }
    }

    /// Sleeps until the time comes; see `WallClock`.
    package func sleep(until deadline: Date) async throws {
        try await park { state, id, waiter in
            guard deadline > state.now else { return true }
            state.sleepers[id] = (deadline, waiter)
            return false
        }
    }

    /// Waits until so many tasks sleep.
    package func sleepers(atLeast count: Int) async throws {
        try await deadlines("\(count) sleepers") { $0.count >= count }
    }

    /// Waits until a task sleeps until that time, give or take a millisecond.
    package func sleeper(until deadline: Date) async throws {
        try await deadlines("a sleeper until \(deadline)") { $0.contains { abs($0.timeIntervalSince(deadline)) < 0.001 } }
    }

    /// Waits until the times that tasks sleep until are as wanted.
    ///
    /// - Parameters:
    ///   - what: What is waited for, for the failure.
    ///   - isSatisfied: Looks at the deadlines, the earliest first.
    package func deadlines(_ what: String, _ isSatisfied: @escaping @Sendable ([Date]) -> Bool) async throws {
        try await waiting(for: what) {
            try await self.park { state, id, waiter in
                guard !isSatisfied(state.deadlines) else { return true }
                state.watchers[id] = (isSatisfied, waiter)
                return false
            }
        }
    }

    /// Moves the time to another one, and wakes those who are to be woken; `nil` leaves it where it is.
    @discardableResult
    private func move(_ change: (State) -> Date?) -> Date? {
        let (time, due) = state.withLock { state -> (Date?, [Waiter]) in
            guard let time = change(state) else { return (nil, []) }
            let due = state.sleepers.filter { $0.value.deadline <= time || time < state.now }
            state.now = time
            for id in due.keys { state.sleepers.removeValue(forKey: id) }
            return (time, due.values.map(\.waiter))
        }
        for waiter in due { waiter.resume() }
        return time
    }

    /// Suspends the task, unless `enter` says that it may pass, until it is resumed or cancelled.
    private func park(_ enter: @Sendable (inout State, Int, Waiter) -> Bool) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiter: Waiter) in
                let (result, watchers) = state.withLock { state -> (Result<Void, any Error>?, [Waiter]) in
                    if Task.isCancelled { return (.failure(CancellationError()), []) }
                    let result: Result<Void, any Error>? = enter(&state, id, waiter) ? .success(()) : nil
                    return (result, state.satisfiedWatchers())
                }
                if let result { waiter.resume(with: result) }
                for watcher in watchers { watcher.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.sleepers.removeValue(forKey: id)?.waiter ?? state.watchers.removeValue(forKey: id)?.waiter
            }
            waiter?.resume(throwing: CancellationError())
        }
    }
}
