import FoundationEssentials
import Homes
import Netatmo
import ServiceLifecycle
import System

/// The one owner of the readings: fetches them in the stations' rhythm, an interval apart at least, keeps the last good ones, and
/// backs off when it fails.
actor StationPoller: Service {
    private let source: StationsFetch
    private let tokens: any AccessTokenSource
    private let staleAge: Duration
    private let clock: any WallClock
    private let publisher: any SnapshotPublisher
    private let events: EventLog
    private let backoff: Backoff

    private var homeCoaches: HomeCoaches
    private var rhythm: UploadRhythm
    private var data = DataStatus()
    private var nextFetch: Date?
    private var lastStart: Date?
    private var failures = 0
    /// NetAtmo wants no request before that time.
    private var notBefore: Date?
    private var isFetching = false
    /// The readings may be those of another account than the token's.
    private var isOtherAccount = false
    private var tokensSeen = TokenCount()

    private var oddities = DataRemarks()
    /// What is to be told once the readings that it is about are published.
    private var untold: [DataRemark] = []

    private let wakeUp: WakeUp
    private let executor = QueueExecutor(label: "stations")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// NetAtmo said at the last try that the token lacks a right.
    private var lacksRight = false

    /// How soon, in seconds, it is asked again before that is believed.
    private static let secondLook: TimeInterval = 30
    /// At most one fetch in this time, in seconds: an app with one user may do about two requests in 10 s.
    private static let spacing: TimeInterval = 10

    /// - Parameters:
    ///   - source: What is fetched.
    ///   - homeCoaches: Whether home coaches are wanted.
    ///   - interval: The shortest time between two fetches that nobody asks for.
    ///   - staleAge: How long readings are kept when NetAtmo says that there are no stations any more.
    ///   - wakeUp: Rung from outside when a new token is there.
    init(
        source: StationsFetch, homeCoaches: HomeCoaches, tokens: any AccessTokenSource, interval: Duration, clock: any WallClock,
        staleAge: Duration, publisher: any SnapshotPublisher, events: EventLog, wakeUp: WakeUp, random: @escaping @Sendable () -> Double
    ) {
        self.source = source
        self.homeCoaches = homeCoaches
        self.tokens = tokens
        rhythm = UploadRhythm(interval: interval, staleAge: staleAge)
        self.staleAge = staleAge
        self.clock = clock
        self.publisher = publisher
        self.events = events
        self.wakeUp = wakeUp
        backoff = Backoff(first: .seconds(30), longest: max(interval, .seconds(30)), random: random)
        nextFetch = clock.now
    }

    /// Fetches until the program stops; a fetch that is under way by then is given up.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            await self.work()
        }
    }

    private func work() async {
        while !Task.isCancelled {
            await noticeNewToken()
            if let time = nextFetch, time <= clock.now {
                await fetch()
            } else {
                let reason = await wakeUp.wait(until: nextFetch, on: clock)
                if reason == .clockWasSetBack { noticeClockSetBack() }
            }
        }
    }

    /// Fetches once, in place of ``run()``.
    func fetchOnce() async {
        await noticeNewToken()
        await fetch(isLast: true)
    }

    /// Asks for a fetch now, without waiting for it.
    func requestFetch() -> FetchReply {
        if isFetching { return .alreadyUnderWay }
        let now = clock.now
        guard tokens.status.hasToken(at: now) else { return .noToken }
        let earliest = max(now, earliestFetch)
        let wasHeldBack = nextFetch == earliest
        nextFetch = earliest
        publish()
        wakeUp.ring()
        guard earliest > now else { return .started }
        if !wasHeldBack { events.record(.dataHeldBack(until: earliest), at: now) }
        return .heldBack(until: earliest)
    }

    /// With a new token, what failed or waited for want of one is tried at once; after a sign-in the account may be another.
    private func noticeNewToken() async {
        let count = await tokens.tokensReceived
        guard count != tokensSeen else { return }
        let isSignIn = count.signIns != tokensSeen.signIns
        take(count)
        guard isSignIn || !data.isUp || nextFetch == nil else { return }
        nextFetch = max(clock.now, earliestFetch)
        publish()
    }

    private func take(_ count: TokenCount) {
        if count.signIns != tokensSeen.signIns {
            homeCoaches = homeCoaches.afterSignIn
            isOtherAccount = true
            notBefore = nil
            lacksRight = false
        }
        tokensSeen = count
    }

    /// By the new time, the next fetch may be hours away.
    private func noticeClockSetBack() {
        let now = clock.now
        lastStart = lastStart.map { min($0, now) }
        notBefore = nil
        rhythm.forget()
        nextFetch = nextFetch.map { min($0, max(now, earliestFetch)) }
        publish()
    }

    private var earliestFetch: Date {
        max(lastStart?.addingTimeInterval(Self.spacing) ?? .beforeAnyClock, notBefore ?? .beforeAnyClock)
    }
}

// MARK: - One fetch

extension StationPoller {
    private func fetch(isLast: Bool = false) async {
        isFetching = true
        publish()
        let start = clock.now
        let result: Result<FetchedStations, AuthorizedRequestFailure>
        do {
            result = .success(try await stations())
        } catch {
            result = .failure(error)
        }
        isFetching = false
        let end = clock.now
        // Where the clock was set back meanwhile, the next fetch counts from the new time.
        lastStart = lastStart.map { min($0, end) }
        var event = take(result, from: start, to: end, isLast: isLast)
        if isLast {
            nextFetch = nil
            if case .dataFailed(let error, _) = event { event = .dataFailed(error, next: nil) }
        }
        // The readings first: who sees the event sees what it is about.
        publish()
        if let event { events.record(event, at: end) }
        for remark in untold { events.record(.dataRemark(remark), at: end) }
        untold = []
    }

    /// Takes note of how a fetch ended, and says what is to be told of it.
    private func take(
        _ result: Result<FetchedStations, AuthorizedRequestFailure>, from start: Date, to end: Date, isLast: Bool
    ) -> Event.Kind? {
        let took = Duration.seconds(max(0, end.timeIntervalSince(start)))
        switch result {
        case .success(let fetched):
            lacksRight = false
            return take(fetched, from: start, to: end, took: took, isLast: isLast)
        case .failure(.netatmo(var error)):
            let next: Date
            let lackedRight = lacksRight
            lacksRight = error.kind == .wrongScope
            if lacksRight, !lackedRight, !isLast {
                error = error.unconfirmed
                next = lookAgain(from: end)
            } else {
                next = backOff(after: error, from: end)
            }
            keepStations(attempt: .init(time: start, duration: took, error: error))
            return .dataFailed(error, next: next)
        case .failure(.noToken):
            // A new token rings, so there is no time to wait for.
            nextFetch = nil
            if data.lastAttempt != nil {
                keepStations(attempt: .init(time: start, duration: took, error: NetatmoError(.unauthorized, message: "there is no token")))
            }
            return nil
        case .failure(.cancelled):
            return nil
        }
    }

    private func take(
        _ fetched: FetchedStations, from start: Date, to end: Date, took: Duration, isLast: Bool
    ) -> Event.Kind {
        let (fetched, remarks) = oddities.check(fetched, at: end)
        untold = remarks
        if let event = keepReadings(insteadOf: fetched, from: start, to: end, took: took) { return event }
        let stations = fetched.stations
        homeCoaches = fetched.homeCoaches
        let preferences = fetched.preferences ?? (isOtherAccount ? nil : data.preferences)
        isOtherAccount = false
        // A token that does not allow home coaches is as good as any for the stations.
        let error = fetched.homeCoachError.flatMap { $0.kind == .wrongScope ? nil : $0 }
        data = DataStatus(
            stations: stations, preferences: preferences, fetchedAt: end, lastAttempt: .init(time: start, duration: took, error: error)
        )
        if let error { return .dataFailed(error, next: backOff(after: error, from: end)) }
        failures = 0
        rhythm.observe(stations, at: min(start, end))
        nextFetch = rhythm.nextFetch(after: min(start, end))
        if homeCoaches.isDoubted, !isLast {
            _ = lookAgain(from: min(start, end))
        } else if fetched.homeCoachError != nil {
            return .homeCoachRefused
        }
        return .dataFetched(modules: stations.map(\.devices.count).reduce(0, +), took: took)
    }

    /// An answer without any station where there were some is more often NetAtmo's trouble than the user's doing: the readings
    /// stay until they are stale. `nil` where the answer is to be taken.
    private func keepReadings(insteadOf fetched: FetchedStations, from start: Date, to end: Date, took: Duration) -> Event.Kind? {
        let hadStations = data.stations.contains { $0.base.kind != .homeCoach }
        guard fetched.weatherStations.isEmpty && hadStations || fetched.stations.isEmpty && !data.stations.isEmpty, !isOtherAccount,
            let fetchedAt = data.fetchedAt
        else { return nil }
        let until = fetchedAt.addingTimeInterval(staleAge / .seconds(1))
        guard (fetchedAt...until).contains(end) else { return nil }
        // The rest of the answer is told and heeded all the same.
        if let error = fetched.homeCoachError, error.kind != .wrongScope {
            keepStations(attempt: .init(time: start, duration: took, error: error))
            return .dataFailed(error, next: backOff(after: error, from: end))
        }
        failures = 0
        nextFetch = rhythm.nextFetch(after: min(start, end))
        keepStations(attempt: .init(time: start, duration: took, error: nil))
        return .dataKept(until: until)
    }

    /// Sets the time of the next try after a refusal that is not believed yet.
    private func lookAgain(from end: Date) -> Date {
        let next = end.addingTimeInterval(Self.secondLook)
        nextFetch = next
        return next
    }

    /// Sets the time of the next try after a failure.
    private func backOff(after error: NetatmoError, from end: Date) -> Date {
        failures += 1
        let delay = max(backoff.delay(after: error, failures: failures), .seconds(Self.spacing))
        let next = end.addingTimeInterval(delay / .seconds(1))
        nextFetch = next
        if error.asksToWait { notBefore = next }
        return next
    }

    private func stations() async throws(AuthorizedRequestFailure) -> FetchedStations {
        var isFirstTry = true
        return try await tokens.authorized { token async throws(NetatmoError) in
            take(await tokens.tokensReceived)
            if isFirstTry { lastStart = clock.now }
            isFirstTry = false
            return try await source.run(accessToken: token, homeCoaches: homeCoaches)
        }
    }

    private func keepStations(attempt: DataStatus.Attempt) {
        data = DataStatus(stations: data.stations, preferences: data.preferences, fetchedAt: data.fetchedAt, lastAttempt: attempt)
    }

    private func publish() {
        data = DataStatus(
            stations: data.stations, preferences: data.preferences, fetchedAt: data.fetchedAt, lastAttempt: data.lastAttempt,
            nextFetch: nextFetch, isFetching: isFetching
        )
        publisher.publish(data)
    }
}

extension TokenStatus {
    /// Whether there is an access token, or one is on its way.
    fileprivate func hasToken(at now: Date) -> Bool {
        if case .underWay = renewal { return true }
        return works(at: now)
    }
}
