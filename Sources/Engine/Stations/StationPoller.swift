import EngineAPI
import FoundationEssentials
import Homes
import Netatmo
import ServiceLifecycle
import OperatingSystem

/// The one owner of the readings: fetches them in the stations' rhythm, an interval apart at least, keeps the last good ones, and
/// backs off when it fails.
actor StationPoller: Service {
    let source: StationsFetch
    let tokens: any AccessTokenSource
    let staleAge: Duration
    let clock: any WallClock
    let publisher: any SnapshotPublisher
    let events: EventLog
    let backoff: Backoff

    var homeCoaches: HomeCoaches
    var rhythm: UploadRhythm
    var data = DataStatus()
    var nextFetch: Date?
    var lastStart: Date?
    var failures = 0
    /// NetAtmo wants no request before that time.
    var notBefore: Date?
    var isFetching = false
    /// The readings may be those of another account than the token's.
    var isOtherAccount = false
    /// How the account's user prefers warmth to be told.
    var warmFormula = FeltTemperature.WarmFormula.humidex
    var tokensSeen = TokenCount()

    var oddities: DataRemarks
    /// What is to be told once the readings that it is about are published.
    var untold: [DataRemark] = []
    private let rules: [AlertRule]
    /// Begun with the first readings, once what runs before this one told is known.
    private var watch: AlertWatch?
    var untoldAlerts: [ReadingAlert] = []
    private let onAlerts: @Sendable ([ReadingAlert]) -> Void

    /// Gets the readings before they are published.
    let onReadings: @Sendable ([Station]) -> Void
    private let wakeUp: WakeUp
    private let executor = QueueExecutor(label: "stations")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// NetAtmo said at the last try that the token lacks a right.
    var lacksRight = false

    /// How soon, in seconds, it is asked again before that is believed.
    static let secondLook: TimeInterval = 30
    /// At most one fetch in this time, in seconds: an app with one user may do about two requests in 10 s.
    static let spacing: TimeInterval = 10

    /// - Parameters:
    ///   - interval: The shortest time between two fetches that the user does not ask for.
    ///   - staleAge: How long readings are kept when NetAtmo says that there are no stations any more.
    ///   - wakeUp: Rung from outside when a new token is there.
    ///   - rules: What the user wants to be told of.
    ///   - names: Those that the rules name, where there are rooms as well.
    ///   - onReadings: Gets the readings of each fetch before they are published.
    ///   - onAlerts: Called with what there is to tell, once it is told.
    init(
        source: StationsFetch, homeCoaches: HomeCoaches, tokens: any AccessTokenSource, interval: Duration, clock: any WallClock,
        staleAge: Duration, publisher: any SnapshotPublisher, events: EventLog, wakeUp: WakeUp, random: @escaping @Sendable () -> Double,
        rules: [AlertRule] = [], names: RuleNames? = nil, onReadings: @escaping @Sendable ([Station]) -> Void = { _ in },
        onAlerts: @escaping @Sendable ([ReadingAlert]) -> Void = { _ in }
    ) {
        self.onReadings = onReadings
        self.source = source
        self.homeCoaches = homeCoaches
        self.tokens = tokens
        rhythm = UploadRhythm(interval: interval, staleAge: staleAge)
        self.staleAge = staleAge
        self.clock = clock
        self.publisher = publisher
        self.events = events
        self.wakeUp = wakeUp
        self.rules = rules
        oddities = DataRemarks(names: names ?? RuleNames(rules))
        self.onAlerts = onAlerts
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

    /// Returns once it has a turn; not while it waits for NetAtmo.
    func takeTurn() {}

    /// Fetches once, in place of ``run()``.
    func fetchOnce() async {
        await noticeNewToken()
        await fetch(isLast: true)
    }

    /// Asks for a fetch now, without waiting for it.
    package func requestFetch() -> FetchReply {
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

    func take(_ count: TokenCount) {
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

    /// Marks what has crossed a limit, and keeps in mind what is to be told of it.
    func watched(_ stations: [Station], at now: Date) -> [Station] {
        guard !rules.isEmpty else { return stations }
        var watch = watch ?? AlertWatch(rules, after: events.events.lazy.compactMap(\.alert))
        let judged = watch.judge(stations, Freshness(at: now, staleAge: staleAge))
        self.watch = watch
        untoldAlerts = judged.news
        return judged.stations
    }

    func tellAlerts(at time: Date) {
        for alert in untoldAlerts { events.record(.readingAlert(alert), at: time) }
        onAlerts(untoldAlerts)
        untoldAlerts = []
    }

    func publish() {
        data.nextFetch = nextFetch
        data.isFetching = isFetching
        publisher.publish(data)
    }

    private var earliestFetch: Date {
        max(lastStart?.addingTimeInterval(Self.spacing) ?? .beforeAnyClock, notBefore ?? .beforeAnyClock)
    }
}

extension TokenStatus {
    /// Whether there is an access token, or one is on its way.
    fileprivate func hasToken(at now: Date) -> Bool {
        if case .underWay = renewal { return true }
        return works(at: now)
    }
}
