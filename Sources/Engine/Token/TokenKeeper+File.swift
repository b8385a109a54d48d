import EngineAPI
import FoundationEssentials
import Homes
import Netatmo
import Synchronization
import OperatingSystem

// The token file and the status.

extension TokenKeeper {
    /// Looks at the token file, since it changed: a refresh token that the user put there is used from now on.
    package func noticeFileChange() {
        guard work.noteFileChange() else { return }
        switch saving.change(besides: lifecycle.refreshToken) {
        case .none: return
        case .replaced(let attributes): takeOver(attributes)
        case .problem(let problem):
            let token = problem == .gone || problem == .usedUp ? lifecycle.tokenAtHand : nil
            let outcome = token.map { save($0) }
            publish()
            events.record(.tokenFileProblem(problem), at: clock.now)
            outcome.map(tell)
            // The next try comes sooner than anything that was waited for so far.
            if case .failed = saving.status { wakeUp.ring() }
        }
    }

    /// Uses the token that the user put into the file. The one before is kept until NetAtmo has accepted the new one.
    func takeOver(_ attributes: TokenAttributes) {
        let now = clock.now
        // An expired token is put there to be renewed.
        lifecycle.load(attributes, renewExpired: true, at: now)
        saving.noteTakenOver(attributes)
        keepBesideFile(lifecycle.attributesBefore)
        // Another account may be behind it.
        tokensReceived.count(isSignIn: true)
        publish()
        events.record(.tokenTakenOver, at: now)
        wakeUp.ring()
        onNewToken()
    }

    /// NetAtmo refused the token of the file for good: the one before is used again, and goes back to the file.
    func fallBack(after error: NetatmoError) {
        tokensReceived.count(isSignIn: true)
        let outcome: TokenSaving.Outcome? = if case .token(let token, _) = lifecycle.holding { save(token) } else { nil }
        publish()
        events.record(.takenOverRefused(error), at: clock.now)
        outcome.map(tell)
        forgetPrevious()
        onNewToken()
    }

    /// Keeps the token before the file's on the disk too: the program may end before NetAtmo has judged the file's.
    func keepBesideFile(_ attributes: TokenAttributes?) {
        guard let attributes, let error = saving.keepPrevious(attributes) else { return }
        events.record(.previousNotKept(error), at: clock.now)
    }

    /// Once NetAtmo has accepted a token and that is in the file, there is nothing to be kept beside it.
    func forgetPrevious() {
        guard lifecycle.attributesBefore == nil else { return }
        saving.forgetPrevious(whereFileHolds: lifecycle.refreshToken)
    }

    /// By a clock that is set right, an expired token that was ignored may not have expired at all.
    func reconsiderIgnored() {
        let now = clock.now
        guard case .none(let ignored?) = lifecycle.holding, ignored.since > now,
            let attributes = saving.unchanged(holding: ignored.refreshToken)
        else { return }
        guard case .usable(let token) = StoredToken.interpret(attributes, at: now).token else { return }
        lifecycle.load(attributes, renewExpired: false, at: now)
        tokensReceived.count(isSignIn: false)
        publish()
        events.record(.tokenLoaded(until: token.expiry), at: now)
        onNewToken()
    }

    /// Writes the token to its file. Where that fails the token lives on in memory, and the write is tried again.
    ///
    /// - Returns: What is to be told once the status is published.
    func save(_ token: Token) -> TokenSaving.Outcome {
        let start = clock.now
        let outcome = saving.save(token, at: start)
        if outcome == .saved {
            let took = Duration.seconds(clock.now.timeIntervalSince(start))
            events.debug("token saved: on the disk \(Int(took / .microseconds(1))) µs after NetAtmo's answer")
        }
        return outcome
    }

    func tell(_ outcome: TokenSaving.Outcome) {
        publish()
        switch outcome {
        case .saved, .failedAgain: break
        case .savedAtLast: events.record(.savedAtLast, at: clock.now)
        case .failed(let error, let next): events.record(.saveFailed(error, next: next), at: clock.now)
        }
        tellRemarks()
    }

    func tellRemarks() {
        for remark in saving.takeRemarks() { events.record(.tokenFileRemark(remark), at: clock.now) }
    }

    func retrySaving(atOnce: Bool) {
        guard case .failed(_, let next) = saving.status, atOnce || next <= clock.now, let token = lifecycle.tokenAtHand else { return }
        let outcome = save(token)
        forgetPrevious()
        tell(outcome)
    }

    /// Why no new pair may be asked for, found out anew. The answer to such a request kills the pair in the file, so that it has to be
    /// certain before that the new one can be saved.
    func obstacle() -> TokenFileError? {
        guard !saving.allowsNewPair else { return nil }
        let proof = saving.prove(at: clock.now)
        publish()
        switch proof {
        case .works, .stillBlocked: break
        case .worksAgain: events.record(.savingWorksAgain, at: clock.now)
        case .blocked(let error, let next): events.record(.savingBlocked(error, next: next), at: clock.now)
        }
        tellRemarks()
        if case .blocked(let error, _) = saving.status { return error }
        return nil
    }

    func tellExpiry() {
        guard lifecycle.tellExpiry(at: clock.now) else { return }
        publish()
        events.record(.tokenExpired, at: clock.now)
    }

    var nextDeadline: Date? {
        var deadlines = [saving.allowsNewPair ? lifecycle.renewalTime : saving.nextProof].compactMap(\.self)
        if case .failed(_, let next) = saving.status, lifecycle.tokenAtHand != nil { deadlines.append(next) }
        if let expiry = lifecycle.untoldExpiry { deadlines.append(expiry) }
        // No time of its own; but a wait without a deadline would not notice that the clock is set back.
        if case .none(.some) = lifecycle.holding { deadlines.append(.afterAnyClock) }
        return deadlines.min()
    }

    var currentStatus: TokenStatus {
        lifecycle.status(renewal: work.underWay?.since, saving: saving.status)
    }

    /// What was published last.
    nonisolated var status: TokenStatus { published.withLock { $0 } }

    func publish() {
        let status = currentStatus
        published.withLock { $0 = status }
        publisher.publish(status)
        onStatus()
    }
}
