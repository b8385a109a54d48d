import EngineAPI
import FoundationEssentials
import Homes
import Netatmo
import OperatingSystem

/// The one owner of what modules, rooms and boilers measured in the past: asks NetAtmo when the user wants to see it, and keeps it.
///
/// One answer holds all that a scale has of all that a module measures, so that another measure or a shorter span asks nothing. Later
/// only what is new is asked for, from the newest step on, which was still under way.
actor MeasureArchive {
    /// How many modules' histories are kept of each measurement, a MB and a half, and how many of coarser scales, a MB or two.
    private static let capacity = 64
    /// The shortest time, in seconds, between a failure and the next try.
    private static let shortestWait: TimeInterval = 60

    private let client: StationsClient
    private let tokens: any AccessTokenSource
    private let meter: APIMeter
    private let clock: any WallClock
    private let backoff: Backoff
    private let onChange: @Sendable () -> Void

    /// Of each measurement.
    private var kept = LeastRecentlyUsed<HistorySubject, KeptHistory>(capacity: MeasureArchive.capacity)
    /// Of coarser scales, which drive none of those out; they are asked for again after a restart.
    private var coarse = LeastRecentlyUsed<HistorySubject, KeptHistory>(capacity: MeasureArchive.capacity)
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

    /// - Parameters:
    ///   - random: Gives a number from 0 up to 1, for the jitter of waits.
    ///   - onChange: Called when there is more to be kept than before.
    init(
        client: StationsClient, tokens: any AccessTokenSource, meter: APIMeter, clock: any WallClock,
        random: @escaping @Sendable () -> Double, onChange: @escaping @Sendable () -> Void = {}
    ) {
        self.client = client
        self.tokens = tokens
        self.meter = meter
        self.clock = clock
        backoff = Backoff(first: .seconds(60), longest: .seconds(1800), random: random)
        self.onChange = onChange
    }

    var keptCount: Int { kept.count + coarse.count }
    /// Whether a request waits for its turn.
    var isWaitedFor: Bool { waiting != nil }

    /// The past of a subject, as far as its scale reaches: what is kept where that is fresh, else with what NetAtmo has newer, or, where
    /// nothing can be had, what is kept as long as that lacks little.
    ///
    /// One request at a time, and one that waits: the last one asked for, since a user who goes from one module to the next
    /// wants to see the last of them. What is fresh waits for none.
    func history(of subject: HistorySubject) async throws(HistoryError) -> MeasureHistory {
        await noticeSignIn()
        if let fresh = fresh(subject) { return fresh }
        guard await takeTurn() else { throw .overtaken }
        defer { passTurn() }
        await noticeSignIn()
        // It may have come while this one waited.
        if let fresh = fresh(subject) { return fresh }
        let now = clock.now
        do throws(HistoryError) {
            for failure in [trouble, refusals[subject]].compactMap(\.self) where failure.holdsBack(at: now) {
                throw .failed(failure.error, next: failure.next)
            }
            guard !Task.isCancelled else { throw .cancelled }
            return try await ask(for: subject)
        } catch {
            guard case .failed = error, let entry = peek(subject), entry.isComplete(at: now) else { throw error }
            return entry.history
        }
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
        coarse = LeastRecentlyUsed(capacity: Self.capacity)
        refusals = [:]
        trouble = nil
    }
}

// MARK: - What is kept

extension MeasureArchive {
    /// Those of each measurement, the one that was asked for last first.
    var histories: [KeptHistory] { kept.values }

    /// Whether anything is kept of a device, module or room, at whichever scale.
    func keeps(_ subject: HistorySubject) -> Bool {
        (kept.keys + coarse.keys).contains { $0.isOfSame(as: subject) }
    }

    /// Whether a request is under way.
    var isBusy: Bool { isAsking }

    /// What is kept of a subject, and whether it has all that there is, or lacks as little as the readings add; to look at it is no use of
    /// it.
    func kept(_ subject: HistorySubject) async -> (history: MeasureHistory, isCurrent: Bool)? {
        await noticeSignIn()
        let now = clock.now
        return peek(subject).map { entry in
            (entry.history, entry.isFresh(at: now) || subject.scale == .measurement && entry.isComplete(at: now))
        }
    }

    private func peek(_ subject: HistorySubject) -> KeptHistory? {
        subject.scale == .measurement ? kept.peek(subject) : coarse.peek(subject)
    }

    /// What is kept and has all that there is.
    private func fresh(_ subject: HistorySubject) -> MeasureHistory? {
        let entry = subject.scale == .measurement ? kept.value(for: subject) : coarse.value(for: subject)
        guard let entry, entry.isFresh(at: clock.now) else { return nil }
        return entry.history
    }

    private func insert(_ entry: KeptHistory) {
        if entry.subject.scale == .measurement {
            kept.insert(entry, for: entry.subject)
        } else {
            coarse.insert(entry, for: entry.subject)
        }
    }

    /// Takes what was kept by runs before this one, in the same order; what is as old as none that is asked for is left out.
    func restore(_ earlier: [KeptHistory]) {
        let now = clock.now
        for entry in earlier.reversed() where peek(entry.subject) == nil {
            let scale = entry.subject.scale
            // By a clock that was set back the curve would not go on for as long.
            guard (-scale.patience..<scale.reach).contains(now.timeIntervalSince(entry.completeUntil)) else { continue }
            insert(entry)
        }
    }

    /// Adds new readings at the ends of those of each measurement.
    func add(_ stations: [Station]) {
        guard !kept.isEmpty else { return }
        let now = clock.now
        for station in stations {
            for device in station.devices {
                guard let subject = HistorySubject(of: device, in: station) else { continue }
                kept.update(subject) { entry in
                    if let readings = device.readings, let time = readings.time { entry.history.append(at: time) { readings[$0] } }
                    entry.history.forget(before: now.addingTimeInterval(-HistoryScale.measurement.reach))
                    if entry.isComplete(at: now) { entry.completeUntil = now }
                }
            }
        }
        onChange()
    }

    /// The same with those of rooms and boilers, each home as a station.
    func add(rooms homes: [Station]) {
        guard !kept.isEmpty else { return }
        let now = clock.now
        for home in homes {
            // Of several homes some may have told nothing new.
            let told = home.devices.compactMap { $0.readings?.time }.max() ?? now
            for device in home.devices {
                guard let subject = HistorySubject(of: device, in: home) else { continue }
                kept.update(subject) { entry in
                    entry.addReadings(of: device)
                    entry.history.forget(before: now.addingTimeInterval(-HistoryScale.measurement.reach))
                    // How long a boiler burned no reading tells: that is asked for again.
                    guard device.kind == .room, entry.isComplete(at: told) else { return }
                    entry.completeUntil = max(entry.completeUntil, min(told, now))
                }
            }
        }
        onChange()
    }

    private func keep(_ answer: MeasureHistory, of subject: HistorySubject) -> MeasureHistory {
        let now = clock.now
        let earlier = peek(subject)
        var history = earlier?.history ?? MeasureHistory(measures: subject.measures)
        if let first = answer.earliest {
            // The step that was under way is given anew, perhaps by a clock that goes an hour otherwise.
            history.forget(from: first.addingTimeInterval(-subject.scale.step / 2))
            history.append(contentsOf: answer)
            // What was read since is newer than the answer, if NetAtmo was slow.
            if subject.scale == .measurement, let earlier { history.append(contentsOf: earlier.history) }
        }
        history.forget(before: now.addingTimeInterval(-subject.scale.reach))
        insert(
            KeptHistory(
                subject: subject, history: history, fetchedAt: now, completeUntil: now,
                answeredUntil: answer.latest ?? earlier?.answeredUntil
            ))
        if subject.scale == .measurement { onChange() }
        return history
    }
}

// MARK: - What nobody asked for yet

extension MeasureArchive {
    /// The first of these that more than an hour is missing of and that may be asked for; of those that nothing is kept of only as many
    /// as there is room for, so that none drives another one out.
    func firstIncomplete(of subjects: some Sequence<HistorySubject>) async -> HistorySubject? {
        await noticeSignIn()
        let now = clock.now
        if let trouble, trouble.holdsBack(at: now) { return nil }
        return subjects.first { subject in
            // One that was refused is asked for again only where the user wants to see it.
            guard refusals[subject] == nil else { return false }
            return kept.peek(subject).map { !$0.isComplete(at: now) } ?? (kept.count < Self.capacity)
        }
    }

    enum FillOutcome: Sendable {
        case filled
        /// The user's own wish comes first.
        case busy
        case failed
    }

    /// Asks for a history that nobody waits for: it overtakes no wish of the user's, and such a wish waits for its answer alone.
    func fill(_ subject: HistorySubject) async -> FillOutcome {
        guard !isAsking else { return .busy }
        isAsking = true
        defer { passTurn() }
        return (try? await ask(for: subject)) == nil ? .failed : .filled
    }
}

// MARK: - One request

extension MeasureArchive {
    private func ask(for subject: HistorySubject) async throws(HistoryError) -> MeasureHistory {
        let start = start(of: subject)
        do {
            let history = try await tokens.authorized { token async throws(NetatmoError) in
                try await meter.measure(subject.endpoint) { () async throws(NetatmoError) in
                    try await client.history(of: subject, since: start, accessToken: token)
                }
            }
            trouble = nil
            refusals[subject] = nil
            return keep(history, of: subject)
        } catch {
            switch error {
            case .netatmo(let error): throw note(error, of: subject)
            case .noToken: throw .noToken
            case .cancelled: throw .cancelled
            }
        }
    }

    /// Nothing older than what NetAtmo gave is asked for again. By a clock that was set back that may be of the future.
    private func start(of subject: HistorySubject) -> Date {
        let now = clock.now
        let reach = now.addingTimeInterval(-subject.scale.reach)
        guard let known = peek(subject)?.answeredUntil, known <= now else { return reach }
        return max(reach, known)
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
    var liesWithSubject: Bool {
        switch kind {
        case .refused, .wrongScope, .invalidAnswer, .tooLarge: true
        default: false
        }
    }
}
