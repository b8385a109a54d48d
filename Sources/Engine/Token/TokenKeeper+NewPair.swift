import EngineAPI
import FoundationEssentials
import Homes
import Netatmo
import OperatingSystem

// Getting a new pair from NetAtmo.

extension TokenKeeper {
    /// Carries out an order, whatever becomes of the task that runs the keeper.
    func carryOut(_ entry: TokenWork.Entry) async {
        let order = entry.order
        let refreshToken = order.refreshToken(atHand: lifecycle.refreshToken)
        guard order != .refresh || refreshToken != nil else {
            return entry.outcome.resolve(.nothingToRenew)
        }
        if let obstacle = obstacle() {
            if order == .refresh { work.oweRenewal() }
            return entry.outcome.resolve(.notSavable(obstacle))
        }
        let start = clock.now
        work.begin(entry, at: start)
        publish()
        // A task of its own, awaited at once: cancelling this one must not cut off a request that rotates the tokens.
        let result = await Task { await request(order, refreshToken: refreshToken) }.value
        let fileChanged = work.finish(at: clock.now)
        let outcome =
            switch result {
            case .success(let grant): take(grant, of: order, requestedAt: start, replacing: refreshToken)
            case .failure(let error): handle(error, of: order)
            }
        if fileChanged { noticeFileChange() }
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
        tokensReceived.count(isSignIn: order.isSignIn)
        work.noteNewPair()
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
        publish()
        switch verdict {
        case .rejected(let reason): events.record(.tokenRejected(reason), at: clock.now)
        case .fellBack(let reason): fallBack(after: reason)
        case .retry(let time): events.record(.renewalFailed(error, next: lifecycle.renewsByItself ? time : nil), at: clock.now)
        }
        return .failed(error)
    }
}
