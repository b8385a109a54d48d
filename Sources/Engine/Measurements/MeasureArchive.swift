import EngineAPI
import FoundationEssentials
import Homes
import Netatmo
import OperatingSystem

/// The one owner of what modules measured in the past: asks NetAtmo when the user wants to see it, and keeps it.
///
/// One answer holds three days of all that a module measures, so that another measure or another span asks nothing.
actor MeasureArchive {
    private struct Entry {
        let history: MeasureHistory
        let fetchedAt: Date
    }

    /// How many modules' histories are kept: a MB and a half.
    private static let capacity = 64
    /// How far back it is asked for: 864 times of NetAtmo's five minutes, of the 1024 that an answer holds.
    static let span: TimeInterval = 3 * 86_400
    /// Stations upload every ten minutes: sooner there is nothing new.
    static let freshness: TimeInterval = 600
    /// The shortest time, in seconds, between a failure and the next try.
    private static let shortestWait: TimeInterval = 60

    private let client: StationsClient
    private let tokens: any AccessTokenSource
    private let meter: APIMeter
    private let clock: any WallClock
    private let backoff: Backoff

    private var kept = LeastRecentlyUsed<HistorySubject, Entry>(capacity: MeasureArchive.capacity)
    /// Failures that lie with what was asked for.
    private var refusals: [HistorySubject: Failure] = [:]
    /// The last failure that would meet every request, and no success after it.
    private var trouble: Failure?
    private var signInsSeen = 0
    private var isAsking = false
    private var waiting: CheckedContinuation<Bool, Never>?
    private let executor = QueueExecutor(label: "history")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private struct Failure {
        let error: NetatmoError
        let count: Int
        let next: Date

        /// Whether it is too early for another try. A clock that was set back does not make it later than it is.
        func holdsBack(at now: Date) -> Bool {
            now < next && next.timeIntervalSince(now) <= 2 * 3600
        }
    }

    /// - Parameter random: Gives a number from 0 up to 1, for the jitter of waits.
    init(
        client: StationsClient, tokens: any AccessTokenSource, meter: APIMeter, clock: any WallClock,
        random: @escaping @Sendable () -> Double
    ) {
        self.client = client
        self.tokens = tokens
        self.meter = meter
        self.clock = clock
        backoff = Backoff(first: .seconds(60), longest: .seconds(1800), random: random)
    }

    var keptCount: Int { kept.count }
    /// Whether a request waits for its turn.
    var isWaitedFor: Bool { waiting != nil }

    /// The last three days of a subject: what is kept where that is fresh, else NetAtmo's answer.
    ///
    /// One request at a time, and one that waits: the last one asked for, since a user who goes from one module to the next
    /// wants to see the last of them.
    func history(of subject: HistorySubject) async throws(HistoryError) -> MeasureHistory {
        guard await takeTurn() else { throw .overtaken }
        defer { passTurn() }
        await noticeSignIn()
        let now = clock.now
        if let entry = kept.value(for: subject), (0..<Self.freshness).contains(now.timeIntervalSince(entry.fetchedAt)) {
            return entry.history
        }
        for failure in [trouble, refusals[subject]].compactMap(\.self) where failure.holdsBack(at: now) {
            throw .failed(failure.error, next: failure.next)
        }
        guard !Task.isCancelled else { throw .cancelled }
        return try await ask(for: subject)
    }

    /// False where another request came while this one waited.
    private func takeTurn() async -> Bool {
        guard isAsking else {
            isAsking = true
            return true
        }
        return await withCheckedContinuation { turn in
            waiting?.resume(returning: false)
            waiting = turn
        }
    }

    /// The turn goes to the request that waits, and to no other meanwhile.
    private func passTurn() {
        isAsking = waiting != nil
        waiting?.resume(returning: true)
        waiting = nil
    }

    /// After a sign-in the account may be another, which is refused other things.
    private func noticeSignIn() async {
        let signIns = await tokens.tokensReceived.signIns
        guard signIns != signInsSeen else { return }
        signInsSeen = signIns
        kept = LeastRecentlyUsed(capacity: Self.capacity)
        refusals = [:]
        trouble = nil
    }
}

// MARK: - One request

extension MeasureArchive {
    private func ask(for subject: HistorySubject) async throws(HistoryError) -> MeasureHistory {
        let start = clock.now.addingTimeInterval(-Self.span)
        do {
            let history = try await tokens.authorized { token async throws(NetatmoError) in
                try await meter.measure(.history) { () async throws(NetatmoError) in
                    try await client.history(of: subject, since: start, accessToken: token)
                }
            }
            trouble = nil
            refusals[subject] = nil
            kept.insert(Entry(history: history, fetchedAt: clock.now), for: subject)
            return history
        } catch {
            switch error {
            case .netatmo(let error): throw note(error, of: subject)
            case .noToken: throw .noToken
            case .cancelled: throw .cancelled
            }
        }
    }

    private func note(_ error: NetatmoError, of subject: HistorySubject) -> HistoryError {
        let count = ((error.liesWithSubject ? refusals[subject] : trouble)?.count ?? 0) + 1
        let delay = max(Self.shortestWait, backoff.delay(after: error, failures: count) / .seconds(1))
        let failure = Failure(error: error, count: count, next: clock.now.addingTimeInterval(delay))
        if error.liesWithSubject {
            // A list of modules that are not looked at again must not grow for ever.
            if refusals.count >= Self.capacity { refusals = refusals.filter { $0.value.holdsBack(at: clock.now) } }
            if refusals.count < Self.capacity { refusals[subject] = failure }
        } else {
            trouble = failure
        }
        return .failed(error, next: failure.next)
    }
}

extension NetatmoError {
    /// Whether another module may be answered all the same.
    fileprivate var liesWithSubject: Bool {
        switch kind {
        case .refused, .wrongScope, .invalidAnswer, .tooLarge: true
        default: false
        }
    }
}
