import Exporter
import FoundationEssentials
import TestSupport

// Letting time go by.

extension FaultedExporter {
    /// Waits until nothing is under way and nothing is overdue.
    func rest() async throws {
        let clock = clock
        // A request of data may wait on the clock for its turn, a few seconds after the one before.
        let turns = Task { while !Task.isCancelled { try await wakeThoseWhoWait(atMost: 10) } }
        defer { turns.cancel() }
        try await engine.store.first("rest") { $0.isAtRest(at: clock.now) }
    }

    private func wakeThoseWhoWait(atMost seconds: Double) async throws {
        let soon = clock.now.addingTimeInterval(seconds)
        try await clock.deadlines("a turn") { $0.first.map { $0 <= soon } ?? false }
        if let time = clock.deadlines.first, time > clock.now { clock.set(to: time) }
        await Task.yield()
    }

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
        return !data.isFetching && [renewalTime, data.nextFetch].allSatisfy { $0.map { $0 > now } ?? true }
    }

    /// The first time after now at which something happens by itself.
    fileprivate func nextDeadline(after now: Date) -> Date? {
        [renewalTime, data.nextFetch, token.expiry].compactMap(\.self).filter { $0 > now }.min()
    }

    private var renewalTime: Date? {
        if case .failing(_, _, let next) = token.renewal { return next }
        if case .token(_, _, let renewsAt) = token.possession { return renewsAt }
        return nil
    }
}
