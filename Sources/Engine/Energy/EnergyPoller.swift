import EngineAPI
import FoundationEssentials
import Homes
import Netatmo
import OperatingSystem
import ServiceLifecycle

/// The one owner of what NetAtmo Energy tells: asks at each interval, keeps the last good answers, and backs off when it fails. Beside
/// the stations' poller and apart from it: what fails in one costs the other nothing.
actor EnergyPoller: Service {
    private let client: EnergyClient
    private let meter: APIMeter
    private let tokens: any AccessTokenSource
    private let interval: Duration
    private let clock: any WallClock
    private let publisher: any SnapshotPublisher
    private let events: EventLog
    private let names: RuleNames
    private let onAlerts: @Sendable ([ReadingAlert]) -> Void
    private let backoff: Backoff
    private let wakeUp: WakeUp
    private let executor = QueueExecutor(label: "energy")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private var fetch = EnergyFetch()
    private var readings = EnergyReadings()
    private var alerts: RoomAlerts
    private var failures = 0
    private var tokensSeen = TokenCount()
    /// One refusal came, which is not believed before there is another.
    private var isRefusalDoubted = false

    /// How soon, in seconds, it is asked again before a refusal is believed.
    static let secondLook: TimeInterval = 30
    /// At most one round of questions in this time, in seconds.
    static let spacing: TimeInterval = 10

    /// - Parameters:
    ///   - interval: The time from one round of questions to the next.
    ///   - wakeUp: Rung from outside when a new token is there.
    ///   - rules: What the user wants to be told of.
    ///   - names: Those that the rules name.
    ///   - staleAge: How old what a room measured may be to be judged by the rules.
    ///   - onAlerts: Called with what there is to tell, once it is told.
    init(
        client: EnergyClient, meter: APIMeter, tokens: any AccessTokenSource, interval: Duration, clock: any WallClock,
        publisher: any SnapshotPublisher, events: EventLog, wakeUp: WakeUp, random: @escaping @Sendable () -> Double,
        rules: [AlertRule] = [], names: RuleNames? = nil, staleAge: Duration = .seconds(3600),
        onAlerts: @escaping @Sendable ([ReadingAlert]) -> Void = { _ in }
    ) {
        self.client = client
        self.meter = meter
        self.tokens = tokens
        self.interval = interval
        self.clock = clock
        self.publisher = publisher
        self.events = events
        self.wakeUp = wakeUp
        self.names = names ?? RuleNames(rules, hasRooms: true)
        self.onAlerts = onAlerts
        alerts = RoomAlerts(rules, staleAge: staleAge)
        backoff = Backoff(first: .seconds(30), longest: max(interval, .seconds(30)), random: random)
        readings.nextFetch = clock.now
    }

    /// Asks until the program stops; what is under way by then is given up.
    func run() async throws {
        await cancelWhenGracefulShutdown { await self.work() }
    }

    private func work() async {
        publisher.publish(readings)
        while !Task.isCancelled {
            await noticeNewToken()
            if let time = readings.nextFetch, time <= clock.now {
                await ask()
            } else if await wakeUp.wait(until: readings.nextFetch, on: clock) == .clockWasSetBack {
                noticeClockSetBack()
            }
        }
    }

    /// One round of questions, for a program that does not stay.
    func fetchOnce() async {
        publisher.publish(readings)
        await ask()
    }

    /// With a new token, what waited for want of one is tried at once; after a sign-in the account, and what it allows, may be others.
    private func noticeNewToken() async {
        let count = await tokens.tokensReceived
        guard count != tokensSeen else { return }
        let isSignIn = count.signIns != tokensSeen.signIns
        tokensSeen = count
        if isSignIn {
            fetch.forget()
            readings.isRefused = false
            isRefusalDoubted = false
        }
        guard isSignIn || !readings.isUp && !readings.isRefused else { return }
        let earliest = readings.lastAttempt?.time.addingTimeInterval(Self.spacing) ?? clock.now
        readings.nextFetch = max(clock.now, earliest)
        publisher.publish(readings)
    }

    private func noticeClockSetBack() {
        let now = clock.now
        fetch.noticeClock(now)
        readings.nextFetch = readings.nextFetch.map { min($0, now.addingTimeInterval(Self.spacing)) }
        publisher.publish(readings)
    }

    // MARK: One round of questions

    private func ask() async {
        let start = clock.now
        let result: Result<EnergyFetch.Outcome, AuthorizedRequestFailure>
        var fetch = fetch
        do {
            let outcome = try await tokens.authorized { token async throws(NetatmoError) in
                try await fetch.run(client, meter, accessToken: token, now: { clock.now }) { homes in
                    // At once: with several homes the last one is asked only when NetAtmo's limits allow it.
                    readings.homes = watched(homes)
                    readings.fetchedAt = clock.now
                    publisher.publish(readings)
                    tellAlerts()
                }
            }
            result = .success(outcome)
        } catch {
            result = .failure(error)
        }
        self.fetch = fetch
        let end = clock.now
        let event = take(result, from: min(start, end), to: end)
        publisher.publish(readings)
        if let event { events.record(event, at: end) }
        tellAlerts()
        if readings.isRefused || !readings.homes.isEmpty || readings.isUp, let remark = names.note(rooms: readings.roomStations) {
            events.record(.dataRemark(remark), at: end)
        }
    }

    private func watched(_ homes: [EnergyHome]) -> [EnergyHome] {
        alerts.judge(homes, at: clock.now, after: events.events)
    }

    /// What is shown first: who sees the event sees what it is about.
    private func tellAlerts() {
        let news = alerts.news()
        guard !news.isEmpty else { return }
        for alert in news { events.record(.readingAlert(alert), at: clock.now) }
        onAlerts(news)
    }

    /// Takes note of how a round ended, and says what is to be told of it.
    private func take(_ result: Result<EnergyFetch.Outcome, AuthorizedRequestFailure>, from start: Date, to end: Date) -> Event.Kind? {
        let took = Duration.seconds(end.timeIntervalSince(start))
        switch result {
        case .success(let outcome):
            isRefusalDoubted = false
            readings.homes = watched(fetch.homes)
            if outcome.error == nil { readings.fetchedAt = end }
            readings.lastAttempt = .init(time: start, duration: took, error: outcome.error)
            if let error = outcome.error { return failed(error, at: end) }
            failures = 0
            readings.nextFetch = start.addingTimeInterval(interval / .seconds(1))
            return .energyFetched(rooms: readings.roomCount)
        case .failure(.netatmo(let error)):
            readings.lastAttempt = .init(time: start, duration: took, error: error)
            return error.kind == .wrongScope ? refused(error, at: end) : failed(error, at: end)
        case .failure(.noToken):
            // A new token rings, so there is no time to wait for.
            readings.nextFetch = nil
            if readings.lastAttempt != nil {
                let error = NetatmoError(.unauthorized, message: "there is no token")
                readings.lastAttempt = .init(time: start, duration: took, error: error)
            }
            return nil
        case .failure(.cancelled): return nil
        }
    }

    private func failed(_ error: NetatmoError, at end: Date) -> Event.Kind {
        failures += 1
        let delay = max(backoff.delay(after: error, failures: failures), .seconds(Self.spacing))
        let next = end.addingTimeInterval(delay / .seconds(1))
        readings.nextFetch = next
        return .energyFailed(error, next: next)
    }

    /// The token does not allow it: told once, and not asked for again before a sign-in.
    private func refused(_ error: NetatmoError, at end: Date) -> Event.Kind? {
        guard isRefusalDoubted else {
            isRefusalDoubted = true
            readings.nextFetch = end.addingTimeInterval(Self.secondLook)
            return nil
        }
        readings.isRefused = true
        readings.nextFetch = nil
        // Of a token that allowed it, and perhaps of another account.
        readings.homes = []
        readings.fetchedAt = nil
        return .energyRefused
    }
}
