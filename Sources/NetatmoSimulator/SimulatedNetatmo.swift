package import FoundationEssentials

/// NetAtmo without HTTP: one user's account with its tokens, sign-ins, stations and weather, and the faults and the record around it.
///
/// ``SimulatorServer`` puts it on a port. Tests hold on to it to issue tokens, inject faults and look at what clients did.
/// Time comes from the clock it is given, so that hours pass without waiting.
package actor SimulatedNetatmo {
    /// For ``inject(_:on:times:)``: until ``clearFaults()``.
    package static let forever = Int.max

    package nonisolated let configuration: SimulatorConfiguration

    let account: Account
    let energy: EnergyAccount
    let started: Int
    private let clock: @Sendable () -> Date
    var generator: any RandomNumberGenerator & Sendable
    var vault = TokenVault()
    var codes = AuthorizationCodes()
    var quota = SimulatedQuota()
    var weather: WeatherBook
    var days = DayBook()
    var heat = HeatBook()
    private var faults = FaultQueue()
    private var log: RequestLog

    /// - Parameter now: the wall clock.
    package init(configuration: SimulatorConfiguration = SimulatorConfiguration(), now: @escaping @Sendable () -> Date = { Date() }) {
        self.configuration = configuration
        clock = now
        started = UnixTime.seconds(of: now())
        account = Account(configuration: configuration)
        energy = EnergyAccount(configuration: configuration, account: account)
        generator = configuration.tokenRandomness.makeGenerator(seed: configuration.seed)
        weather = WeatherBook(seed: configuration.seed, interval: configuration.measureInterval.wholeSeconds)
        log = RequestLog(capacity: configuration.recordCapacity)
    }

    /// The simulator's time, Unix seconds.
    var now: Int { UnixTime.seconds(of: clock()) }

    // MARK: Tokens

    /// A new pair of tokens, as the developer portal's token generator makes one. Pairs that exist go on living.
    /// - Parameter scope: the rights it carries, and that its renewals keep. Without `read_station`, `getstationsdata` and `getmeasure`
    ///   answer 403 with code 13; without `read_homecoach`, `gethomecoachsdata` does; without `read_thermostat`, all that has to do with
    ///   heating, such as `homesdata`.
    /// - Returns: the access token, good for ``SimulatorConfiguration/tokenLifetime`` from now, and its refresh token.
    package func issueTokens(scope: [String] = ["read_station", "read_homecoach", "read_thermostat"]) -> (access: String, refresh: String) {
        let pair = vault.issue(scope: scope, now: now, lifetime: configuration.tokenLifetime.wholeSeconds, using: &generator)
        return (pair.access, pair.refresh)
    }

    /// Whether a refresh token would be exchanged for a new pair. Asking changes nothing.
    package func isAlive(refreshToken: String) -> Bool {
        vault.isAlive(refresh: refreshToken)
    }

    /// Every token and code is dead: refreshing answers 400 `invalid_grant`, data 403 with code 2. Signing in again works.
    package func revokeAll() {
        vault.revokeAll()
        codes.revokeAll()
    }

    // MARK: Faults

    /// Makes requests fail from now on.
    ///
    /// Faults wait in line: a request gets the first that is meant for its endpoint or for ``Endpoint/any``, so two 503s and then a delay
    /// are three calls in that order. A thousand may wait; more are ignored.
    /// - Parameter times: for how many requests, or ``forever``. Less than one is none.
    package func inject(_ fault: Fault, on endpoint: Endpoint, times: Int = 1) {
        faults.add(fault, on: endpoint, times: times)
    }

    /// No faults wait any more. Requests that have met one already keep it.
    package func clearFaults() {
        faults.clear()
    }

    // MARK: Record

    /// The latest requests, oldest first: at most ``SimulatorConfiguration/recordCapacity``. A request is in it from its arrival on.
    package var requests: [RecordedRequest] { log.requests }

    /// How many requests there have been, also those that ``requests`` no longer holds.
    package var requestCount: Int { log.count }

    /// The most refreshes that were ever under way at once. A client that takes turns never makes it more than 1.
    package var mostConcurrentRefreshes: Int { log.mostRefreshesInFlight }

    // MARK: Requests

    /// A request that has arrived and not yet been answered.
    struct Ticket: Sendable {
        let number: Int
        let grant: RecordedRequest.Grant?
        /// What is to go wrong with it.
        let fault: Fault?
    }

    /// Notes a request's arrival and draws its fault.
    func begin(_ call: APICall) -> Ticket {
        let fault = faults.take(for: call.endpoint)
        let number = log.begin(
            endpoint: call.endpoint, time: clock(), grant: call.grant, fault: fault?.name, usedReplacedToken: isReplacedToken(call)
        )
        return Ticket(number: number, grant: call.grant, fault: fault)
    }

    /// Does what a request asks.
    /// - Parameter omission: what is left out of answers about devices.
    func answer(_ call: APICall, ticket: Ticket, omitting omission: Omission? = nil) -> APIAnswer {
        // Asked again, since another refresh may have come in between.
        if isReplacedToken(call) { log.markReplacedToken(number: ticket.number) }
        switch call.endpoint {
        case .authorize: return answerAuthorize(call)
        case .token: return answerToken(call)
        case .stationsData, .measure, .homeCoachsData, .homesData, .homeStatus, .roomMeasure, .unknown, .any:
            return answerData(call, omitting: omission)
        }
    }

    /// Notes how a request ended. Each ticket ends once.
    func end(_ ticket: Ticket, outcome: RecordedRequest.Outcome, error: String? = nil) {
        log.end(number: ticket.number, grant: ticket.grant, outcome: outcome, error: error)
    }

    private func isReplacedToken(_ call: APICall) -> Bool {
        guard call.grant == .refreshToken, let token = call.fields?["refresh_token"] else { return false }
        return vault.wasReplaced(refresh: token)
    }
}
