import EngineAPI
import Netatmo
import ServiceLifecycle
import Synchronization
import OperatingSystem

/// The one owner of the token: it alone renews it, writes its file, and says whether it works.
///
/// All requests for a new pair go through ``run()``, one after the other, so that never two are under way: NetAtmo
/// invalidates the old pair at each, and a second request with the old one would be refused.
actor TokenKeeper: Service {
    let oauth: OAuthClient
    let meter: APIMeter
    let clock: any WallClock
    let publisher: any SnapshotPublisher
    let events: EventLog
    let onNewToken: @Sendable () -> Void
    let onStatus: @Sendable () -> Void
    /// What is known, for those who can't wait until the keeper has written the file.
    let published = Mutex(TokenStatus())

    // What decides: which token there is, whether it is on the disk, and what is done next.
    var lifecycle: TokenLifecycle
    var saving: TokenSaving
    var work = TokenWork()
    /// Renewals that the user asks for, so that those leave room for the ones that have to be.
    var wishes = RequestQuota(RequestLimits(all: [.init(count: 1, seconds: 10), .init(count: 30, seconds: 3600)]))
    var tokensReceived = TokenCount()

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

    /// Renews the token whenever it is time to, and carries out what is asked for, until the program stops. Then the token
    /// is saved once more. A request that is under way by then is waited for: its answer may hold the only pair that works.
    func run() async {
        await withGracefulShutdownHandler {
            await keep()
        } onGracefulShutdown: {
            self.isStopping.withLock { $0 = true }
            self.wakeUp.ring()
            guard case .underWay = self.status.renewal else { return }
            self.events.record(.stopWaits, at: self.clock.now)
        }
        end()
    }

    /// Returns once it has a turn: not while it waits for NetAtmo, but as long as the disk holds it up.
    func takeTurn() {}

    private func keep() async {
        // When the clock was last looked at: it may be set back between two waits too, as while the disk holds up a write. While a request
        // is under way it is for that to notice.
        var look = clock.now
        var wasSetBack = false
        while !Task.isCancelled, !isStopping.withLock({ $0 }) {
            let earlier = work.takeAnswerTime() ?? look
            wasSetBack = wasSetBack || clock.wasSetBack(since: earlier)
            look = clock.now
            if wasSetBack { noticeClockSetBack() }
            retrySaving(atOnce: wasSetBack)
            proveWhereDue(atOnce: wasSetBack)
            wasSetBack = false
            if let next = work.next(isRenewalDue: isRenewalDue) {
                await carryOut(next)
            } else if !clock.wasSetBack(since: look) {
                // After a renewal that was due has been tried: waking up late, a token that is renewed at once is no news.
                tellExpiry()
                wasSetBack = await wakeUp.wait(until: nextDeadline, on: clock) == .clockWasSetBack
                look = clock.now
            }
        }
    }

    /// Proves that a new token can be saved, before one is asked for. What was wanted meanwhile follows.
    private func proveWhereDue(atOnce: Bool) {
        guard let time = saving.nextProof, atOnce || time <= clock.now, obstacle() == nil, work.isRenewalOwed else { return }
        work.wantRenewal(canSave: saving.allowsNewPair)
    }

    private var isRenewalDue: Bool {
        saving.allowsNewPair && lifecycle.renewalTime.map { $0 <= clock.now } ?? false
    }

    /// By the new time it can't be told how much of the token's life is over; one that had expired may work again.
    func noticeClockSetBack() {
        if lifecycle.renewalTime != nil { work.wantRenewal(canSave: saving.allowsNewPair) }
        reconsiderIgnored()
        guard lifecycle.noteClockSetBack(at: clock.now) else { return }
        tokensReceived.count(isSignIn: false)
        onNewToken()
    }

    private func end() {
        for entry in work.end() { entry.outcome.resolve(.stopped) }
        // A file that was replaced in the last moment is to be used next time.
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
        return lifecycle.isExpiryAssumed ? nil : lifecycle.workingToken(at: clock.now)
    }
}
