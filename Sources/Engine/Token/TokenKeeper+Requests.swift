import EngineAPI
import Homes
import Netatmo
import OperatingSystem

// What other parts, and the user, ask of the token.

extension TokenKeeper {
    /// An access token that works now; waits for a renewal that is under way.
    package func accessToken() async throws(NoToken) -> Secret {
        if let entry = work.underWay?.entry, case .failed(let error) = await entry.outcome.wait(),
            lifecycle.workingToken(at: clock.now) == nil
        {
            throw .renewalFailed(error)
        }
        guard let token = lifecycle.workingToken(at: clock.now) else { throw .state(currentStatus.state(at: clock.now)) }
        return token.accessToken
    }

    /// Another access token in place of one that NetAtmo refused: the one that came meanwhile, or a new one.
    func accessToken(replacing refused: Secret) async throws(NoToken) -> Secret {
        if work.underWay == nil, lifecycle.workingToken(at: clock.now)?.accessToken == refused {
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
        if work.underWay != nil || work.hasWaitingRenewal { return .alreadyUnderWay }
        guard lifecycle.refreshToken != nil, !work.hasEnded else { return .nothingToRenew }
        if let failure = lifecycle.failure, failure.error.asksToWait, failure.next > clock.now { return .heldBack(until: failure.next) }
        if let obstacle = obstacle() {
            work.oweRenewal()
            wakeUp.ring()
            return .notSavable(obstacle)
        }
        if case .refuse(let time) = wishes.admit(.token, at: clock.now) { return .heldBack(until: time) }
        work.queueRenewal()
        wakeUp.ring()
        return .started
    }

    /// What stands in the way of a sign-in, found out anew. Where nothing does any more, what was wanted meanwhile follows.
    func obstacleToSignIn() -> TokenFileError? {
        guard !saving.allowsNewPair, !work.hasEnded else { return nil }
        if let obstacle = obstacle() { return obstacle }
        if work.isRenewalOwed { work.wantRenewal(canSave: saving.allowsNewPair) }
        wakeUp.ring()
        return nil
    }

    /// Carries out an order after those before it, and says how it ended. A refresh that waits or runs already serves all who
    /// want one. The caller may be cancelled; the order is carried out all the same.
    package func perform(_ order: TokenOrder) async -> TokenOutcome {
        guard let entry = work.take(order) else { return .stopped }
        wakeUp.ring()
        return await entry.outcome.wait() ?? .stopped
    }

    /// Renews the token where that is due, and returns once that was tried.
    func renewIfDue() async {
        guard work.underWay != nil || lifecycle.renewalTime.map({ $0 <= clock.now }) ?? false else { return }
        _ = await perform(.refresh)
    }
}
