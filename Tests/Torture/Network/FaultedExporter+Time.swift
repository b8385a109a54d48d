import Engine
import EngineAPI
import FoundationEssentials
import TestSupport

// Letting time go by.

extension FaultedExporter {
    /// Waits until nothing is under way and nothing is overdue. From then on the time stands still.
    func rest() async throws {
        repeat { try await comeToRest() } while !isAtRest
    }

    private func comeToRest() async throws {
        let clock = clock
        // A request of data may wait on the clock for its turn, a few seconds after the one before.
        let turns = Task { while !Task.isCancelled { try await wakeThoseWhoWait(atMost: 11) } }
        defer { turns.cancel() }
        try await engine.store.first("rest") { $0.isAtRest(at: clock.now) }
        turns.cancel()
        _ = await turns.result
    }

    private func wakeThoseWhoWait(atMost seconds: Double) async throws {
        let soon = clock.now.addingTimeInterval(seconds)
        try await clock.deadlines("a turn") { $0.first.map { $0 <= soon } ?? false }
        if let time = clock.deadlines.first, time > clock.now { clock.set(to: time) }
        await Task.yield()
    }

    /// Sets the clock back while the program sleeps, and lets it wake. A clock that goes back in the microseconds before the sleep,
    /// or forward again in those after it, is not noticed by anybody.
    func setClockBack(by duration: Duration) async throws {
        try await rest()
        let deadlines = snapshot.deadlines(after: clock.now)
        await soon { sleepers in deadlines.allSatisfy { wanted in sleepers.contains { abs($0.timeIntervalSince(wanted)) < 0.001 } } }
        let count = clock.deadlines.count
        clock.advance(by: duration)
        await soon { $0.count >= count }
    }

    /// Waits until the program sleeps as wanted, or for two seconds of real time: where a failure ended a wait, nobody sleeps.
    private func soon(_ isSatisfied: @escaping @Sendable ([Date]) -> Bool) async {
        try? await waiting(for: "sleep", limit: .seconds(2)) { try await clock.deadlines("sleep", isSatisfied) }
    }

    /// Whether nothing is under way and nothing is overdue; it may change without anybody's doing, where a ring is still to be heard.
    var isAtRest: Bool { snapshot.isAtRest(at: clock.now) }

    /// Lets the time come that the program waits for.
    ///
    /// - Returns: False where it waits for nothing.
    @discardableResult
    func moveToNextDeadline() -> Bool {
        guard let time = snapshot.nextDeadline(after: clock.now) else { return false }
        clock.set(to: time)
        return true
    }
}

extension Snapshot {
    /// Whether nothing is under way and nothing is overdue.
    fileprivate func isAtRest(at now: Date) -> Bool {
        if case .underWay = token.renewal { return false }
        if case (.refreshTokenOnly, .idle) = (token.possession, token.renewal) { return false }
        // With a new token there is always a next fetch, as soon as the poller has heard of it.
        if case (.token(let expiry?, _, _), .idle) = (token.possession, token.renewal), expiry > now, data.nextFetch == nil { return false }
        return !data.isFetching && [renewalTime, data.nextFetch].allSatisfy { $0.map { $0 > now } ?? true }
    }

    /// The first time after now at which something happens by itself.
    fileprivate func nextDeadline(after now: Date) -> Date? {
        deadlines(after: now).min()
    }

    /// What the keeper and the poller wait for.
    fileprivate func deadlines(after now: Date) -> [Date] {
        let keeper = [renewalTime, token.expiry].compactMap(\.self).filter { $0 > now }.min()
        return [keeper, data.nextFetch].compactMap(\.self).filter { $0 > now }
    }

    private var renewalTime: Date? {
        if case .failing(_, _, let next) = token.renewal { return next }
        if case .token(_, _, let renewsAt) = token.possession { return renewsAt }
        return nil
    }
}
