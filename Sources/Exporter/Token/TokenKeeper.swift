import FoundationEssentials
import Logging
import Netatmo
import ServiceLifecycle
import Synchronization
import System

/// The one owner of the token: it alone renews it, writes its file, and says whether it works.
///
/// All requests for a new pair go through ``run()``, one after the other, so that never two are under way: NetAtmo
/// invalidates the old pair at each, and a second request with the old one would be refused.
actor TokenKeeper: Service {
    /// An order, and its outcome for those who wait for it.
    struct Entry {
        let order: TokenOrder
        let outcome = Promise<TokenOutcome>()
    }

    private let oauth: OAuthClient
    private let meter: APIMeter
    let clock: any WallClock
    let publisher: any SnapshotPublisher
    let events: EventLog
    /// Called when a new token is there to be used.
    let onNewToken: @Sendable () -> Void
    /// Called when the status was published.
    let onStatus: @Sendable () -> Void
    /// What is known, for those who can't wait until the keeper has written the file.
    let published = Mutex(TokenStatus())

    var lifecycle: TokenLifecycle
    var saving: TokenSaving
    var underWay: (entry: Entry, since: Date)?
    private var queue: [Entry] = []
    var hasEnded = false
    var expiryWasTold = false
    /// The token file changed while a request was under way.
    var fileWaits = false
    /// Renewals that the user asks for, so that those leave room for the ones that have to be.
    private var wishes = RequestQuota(RequestLimits(all: [.init(count: 1, seconds: 10), .init(count: 30, seconds: 3600)]))
    /// A renewal was wanted while no new token could be saved.
    private var isRenewalOwed = false
    /// The file did not tell the expiry, and the one that was set in its place must not be written.
    var isExpiryAssumed = false
    /// What came so far.
    var tokensReceived = TokenCount()
    /// When the last request ended, until what follows from it has been seen to.
    private var requestEnd: Date?

    let wakeUp = WakeUp()
    private let isStopping = Mutex(false)
    private let executor = QueueExecutor(label: "token")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        file: any TokenStorage, oauth: OAuthClient, meter: APIMeter, clock: any WallClock, publisher: any SnapshotPublisher,
        events: EventLog, random: @escaping @Sendable () -> Double, onNewToken: @escaping @Sendable () -> Void,
        onStatus: @escaping @Sendable () -> Void = {}
    ) {
        saving = TokenSaving(file)
        self.oauth = oauth
        self.meter = meter
        self.clock = clock
        self.publisher = publisher
        self.events = events
        self.onNewToken = onNewToken
        self.onStatus = onStatus
        lifecycle = TokenLifecycle(backoff: Backoff(first: .seconds(5), longest: .seconds(300), random: random))
    }

    /// Reads the token file. To be called once, before ``run()``.
    ///
    /// - Throws: `TokenFileError` where the file can't be used; it is left as it is.
    package func load(renewExpired: Bool) throws(TokenFileError) {
        let (file, unfinished) = try saving.readAll()
        let now = clock.now
        let previous = saving.readPrevious()
        let placeWarnings = saving.placeWarnings()
        if let previous {
            // The file's token comes first; this is what is left where NetAtmo refuses it.
            lifecycle.load(
                StoredToken.interpret(previous, at: now).token, otherAttributes: previous.other, renewExpired: true, at: now)
        }
        if let unfinished {
            // The file's token is what is left where NetAtmo refuses the other one.
            lifecycle.load(StoredToken.interpret(file, at: now).token, otherAttributes: file?.other ?? [:], renewExpired: true, at: now)
            saving.noteUnfinished(unfinished)
        }
        let attributes = unfinished ?? file
        let (stored, warnings) = StoredToken.interpret(attributes, at: now)
        // Whoever replaced the file wants its token to be tried, as while the program runs; only then the other one has its turn.
        let renewExpired = renewExpired || previous != nil
        lifecycle.load(stored, otherAttributes: attributes?.other ?? [:], renewExpired: renewExpired, at: now)
        isExpiryAssumed = warnings.contains(.expiryMissing)
        publish()
        for warning in placeWarnings { events.record(.tokenPlaceWarning(warning), at: now) }
        if let previous {
            keepBesideFile(previous)
            events.record(.previousFound, at: now)
        }
        if unfinished != nil {
            events.record(.tokenRecovered, at: now)
            _ = obstacle()
        }
        for warning in warnings { events.record(.tokenFileWarning(warning), at: now) }
        if case .usable(let token) = stored {
            events.record(.tokenLoaded(until: token.expiry), at: now)
        } else if case .none = lifecycle.holding {
            events.record(.tokenMissing, at: now)
        }
    }

    /// Renews the token whenever it is time to, and carries out what is asked for, until the program stops. Then the token
    /// is saved once more. A request that is under way by then is waited for: its answer may hold the only pair that works.
    func run() async {
        await withGracefulShutdownHandler {
            await work()
        } onGracefulShutdown: {
            self.isStopping.withLock { $0 = true }
            self.wakeUp.ring()
            guard case .underWay = self.status.renewal else { return }
            self.events.record(.stopWaits, at: self.clock.now)
        }
        end()
    }

    private func work() async {
        while !Task.isCancelled, !isStopping.withLock({ $0 }) {
            // Between the end of a request and the wait that follows from it no wait could see it.
            if let end = requestEnd.take(), SystemWallClock.wasSetBack(from: end, to: clock.now) { noticeClockSetBack() }
            proveWhereDue(atOnce: false)
            if let next = nextOrder() {
                await carryOut(next)
            } else {
                // After a renewal that was due has been tried: waking up late, a token that is renewed at once is no news.
                tellExpiry()
                let reason = await wakeUp.wait(until: nextDeadline, on: clock)
                if reason == .clockWasSetBack { noticeClockSetBack() }
                retrySaving(atOnce: reason == .clockWasSetBack)
                proveWhereDue(atOnce: reason == .clockWasSetBack)
            }
        }
    }

    /// Proves that a new token can be saved, before one is asked for. What was wanted meanwhile follows.
    private func proveWhereDue(atOnce: Bool) {
        guard let time = saving.nextProof, atOnce || time <= clock.now, obstacle() == nil, isRenewalOwed else { return }
        wantRenewal()
    }

    /// Lets a renewal be next, or as soon as there can be one.
    private func wantRenewal() {
        isRenewalOwed = !saving.allowsNewPair
        guard saving.allowsNewPair, !queue.contains(where: { $0.order == .refresh }) else { return }
        queue.append(Entry(order: .refresh))
    }

    /// By the new time nobody knows how much of the token's life is over; one that had expired may work again.
    private func noticeClockSetBack() {
        if lifecycle.renewalTime != nil { wantRenewal() }
        reconsiderIgnored()
        guard expiryWasTold, lifecycle.workingToken(at: clock.now) != nil else { return }
        expiryWasTold = false
        tokensReceived.tokens += 1
        onNewToken()
    }

    private func end() {
        hasEnded = true
        for entry in queue { entry.outcome.resolve(.stopped) }
        queue = []
        // Whoever replaced the file in the last moment wants its token to be used next time.
        if case .replaced = saving.change(besides: lifecycle.refreshToken) { return keepBesideFile(lifecycle.attributesInForce) }
        keepBesideFile(lifecycle.attributesBefore)
        guard let token = tokenToSaveAtEnd else { return }
        let outcome = saving.save(token, at: clock.now)
        forgetPrevious()
        saving.giveUp()
        publish()
        switch outcome {
        case .saved, .savedAtLast: break
        case .failed(let error, _), .failedAgain(let error):
            // Nothing is lost where the file holds it already.
            if !currentStatus.isSaved { events.record(.saveFailed(error, next: nil), at: clock.now) }
        }
        tellRemarks()
    }

    /// A token that works, and one that never reached the disk, however old: its refresh token is the only one in force.
    private var tokenToSaveAtEnd: Token? {
        if case .failed = saving.status, let token = lifecycle.tokenAtHand { return token }
        // What can't be saved lies in the file or beside it, and a write would leave its traces there.
        if saving.isBlockedWithAllInFile { return nil }
        return isExpiryAssumed ? nil : lifecycle.workingToken(at: clock.now)
    }
}

// MARK: - What others ask for

extension TokenKeeper {
    /// An access token that works now; waits for a renewal that is under way.
    package func accessToken() async throws(NoToken) -> Secret {
        if let underWay, case .failed(let error) = await underWay.entry.outcome.wait(), lifecycle.workingToken(at: clock.now) == nil {
            throw .renewalFailed(error)
        }
        guard let token = lifecycle.workingToken(at: clock.now) else { throw .state(currentStatus.state(at: clock.now)) }
        return token.accessToken
    }

    /// Another access token in place of one that NetAtmo refused: the one that came meanwhile, or a new one.
    func accessToken(replacing refused: Secret) async throws(NoToken) -> Secret {
        if underWay == nil, lifecycle.workingToken(at: clock.now)?.accessToken == refused {
            // What NetAtmo refused for good, or asked to wait with, is not tried at each fetch.
            if case .rejected = lifecycle.holding { throw .state(.rejected) }
            if let error = lifecycle.accessTokenRefused() {
                publish()
                events.record(.tokenRejected(error), at: clock.now)
                throw .state(.rejected)
            }
            if let failure = lifecycle.failure, failure.next > clock.now { throw .renewalFailed(failure.error) }
            switch await perform(.refresh) {
            case .failed(let error): throw .renewalFailed(error)
            case .notSavable: throw .state(currentStatus.state(at: clock.now))
            case .renewed, .nothingToRenew, .stopped: break
            }
        }
        let token = try await accessToken()
        guard token != refused else { throw .renewalFailed(NetatmoError(.unauthorized)) }
        return token
    }

    /// Asks for a renewal now, without waiting for it.
    package func requestRenewal() -> RenewalReply {
        if underWay != nil || queue.contains(where: { $0.order == .refresh }) { return .alreadyUnderWay }
        guard lifecycle.refreshToken != nil, !hasEnded else { return .nothingToRenew }
        if let failure = lifecycle.failure, failure.error.asksToWait, failure.next > clock.now { return .heldBack(until: failure.next) }
        if let obstacle = obstacle() {
            isRenewalOwed = true
            wakeUp.ring()
            return .notSavable(obstacle)
        }
        if case .refuse(let time) = wishes.admit(.token, at: clock.now) { return .heldBack(until: time) }
        queue.append(Entry(order: .refresh))
        wakeUp.ring()
        return .started
    }

    /// What stands in the way of a sign-in, found out anew. Where nothing does any more, what was wanted meanwhile follows.
    func obstacleToSignIn() -> TokenFileError? {
        guard !saving.allowsNewPair, !hasEnded else { return nil }
        if let obstacle = obstacle() { return obstacle }
        if isRenewalOwed { wantRenewal() }
        wakeUp.ring()
        return nil
    }

    /// Carries out an order after those before it, and says how it ended. A refresh that waits or runs already serves all who
    /// want one. The caller may be cancelled; the order is carried out all the same.
    package func perform(_ order: TokenOrder) async -> TokenOutcome {
        guard !hasEnded else { return .stopped }
        return await entry(for: order).outcome.wait() ?? .stopped
    }

    /// Renews the token where that is due, and returns once that was tried.
    func renewIfDue() async {
        guard underWay != nil || lifecycle.renewalTime.map({ $0 <= clock.now }) ?? false else { return }
        _ = await perform(.refresh)
    }

    private func entry(for order: TokenOrder) -> Entry {
        if order == .refresh {
            if let underWay, underWay.entry.order == .refresh { return underWay.entry }
            if let waiting = queue.first(where: { $0.order == .refresh }) { return waiting }
        }
        let entry = Entry(order: order)
        queue.append(entry)
        wakeUp.ring()
        return entry
    }
}

// MARK: - Getting a new pair

extension TokenKeeper {
    private func nextOrder() -> Entry? {
        if !queue.isEmpty { return queue.removeFirst() }
        guard saving.allowsNewPair, let time = lifecycle.renewalTime, time <= clock.now else { return nil }
        return Entry(order: .refresh)
    }

    private func carryOut(_ entry: Entry) async {
        let order = entry.order
        let refreshToken = order.refreshToken(atHand: lifecycle.refreshToken)
        guard order != .refresh || refreshToken != nil else {
            return entry.outcome.resolve(.nothingToRenew)
        }
        if let obstacle = obstacle() {
            isRenewalOwed = isRenewalOwed || order == .refresh
            return entry.outcome.resolve(.notSavable(obstacle))
        }
        let start = clock.now
        underWay = (entry, start)
        publish()
        // A task of its own, awaited at once: cancelling this one must not cut off a request that rotates the tokens.
        let result = await Task { await request(order, refreshToken: refreshToken) }.value
        underWay = nil
        requestEnd = clock.now
        let outcome =
            switch result {
            case .success(let grant): take(grant, of: order, requestedAt: start, replacing: refreshToken)
            case .failure(let error): handle(error, of: order)
            }
        if fileWaits { noticeFileChange() }
        if case .failed = outcome, clock.now < start { noticeClockSetBack() }
        publish()
        entry.outcome.resolve(outcome)
        if case .renewed = outcome { onNewToken() }
    }

    private func request(_ order: TokenOrder, refreshToken: Secret?) async -> Result<TokenGrant, NetatmoError> {
        do throws(NetatmoError) {
            switch order {
            case .exchange(let code, let redirectURI):
                return .success(
                    try await meter.measure(.token) { () async throws(NetatmoError) in
                        try await oauth.exchange(code: code, redirectURI: redirectURI)
                    }
                )
            case .adopt, .refresh:
                guard let refreshToken else { return .failure(NetatmoError(.invalidGrant)) }
                return .success(try await refresh(refreshToken))
            }
        } catch {
            return .failure(error)
        }
    }

    private func refresh(_ refreshToken: Secret) async throws(NetatmoError) -> TokenGrant {
        do {
            let grant = try await meter.measure(.token) { () async throws(NetatmoError) in try await oauth.refresh(refreshToken) }
            meter.noteRefresh(.ok)
            return grant
        } catch {
            meter.noteRefresh(.failed(error.kind))
            throw error
        }
    }

    private func take(
        _ grant: TokenGrant, of order: TokenOrder, requestedAt start: Date, replacing refreshToken: Secret?
    ) -> TokenOutcome {
        // Where the clock was set back meanwhile, by the new time: a token is never taken to live longer than it does.
        let expiry = min(start, clock.now).addingTimeInterval(grant.lifetime / .seconds(1))
        let token = lifecycle.token(from: grant, expiring: expiry, replacing: refreshToken)
        if let refreshToken, refreshToken != token.refreshToken { saving.noteUsedUp(refreshToken) }
        let change = order.isSignIn ? .none : saving.change(besides: refreshToken)
        let outcome: TokenSaving.Outcome? = if case .replaced = change { nil } else { save(token) }
        lifecycle.take(token, lifetime: grant.lifetime)
        forgetPrevious()
        expiryWasTold = false
        isExpiryAssumed = false
        tokensReceived.tokens += 1
        if order.isSignIn { tokensReceived.signIns += 1 }
        isRenewalOwed = false
        publish()
        outcome.map(tell)
        let took = Duration.seconds(clock.now.timeIntervalSince(start))
        events.record(.tokenRenewed(until: expiry, took: took), at: clock.now)
        if case .replaced(let attributes) = change { takeOver(attributes) }
        return .renewed(until: expiry)
    }

    private func handle(_ error: NetatmoError, of order: TokenOrder) -> TokenOutcome {
        // A sign-in that fails says nothing about the token at hand.
        guard !order.isSignIn else { return .failed(error) }
        let verdict = lifecycle.renewalFailed(error, at: clock.now)
        // The status first: who sees the event sees what it is about.
        publish()
        switch verdict {
        case .rejected(let reason): events.record(.tokenRejected(reason), at: clock.now)
        case .fellBack(let reason): fallBack(after: reason)
        case .retry(let time): events.record(.renewalFailed(error, next: lifecycle.renewsByItself ? time : nil), at: clock.now)
        }
        return .failed(error)
    }
}
