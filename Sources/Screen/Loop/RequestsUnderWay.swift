/// Which wishes of the user are being carried out: a key that is held down asks for them once.
struct RequestsUnderWay {
    /// What takes its time.
    private enum Request: Hashable {
        case fetch, renewal, signInOffer, browser
    }

    private var underWay: Set<Request> = []
    private var ofBatch: Set<Effect> = []
    /// What was under way at the last second too.
    private var slow: Set<Request> = []

    /// Takes note that a second has begun.
    ///
    /// - Returns: Whether what a key asked for has taken a second or more, and nothing was said of it yet.
    mutating func tick() -> Bool {
        defer { slow = underWay }
        return !slow.intersection(underWay).isDisjoint(with: [.fetch, .renewal])
    }

    /// Notes the wish for an effect.
    ///
    /// - Returns: False where it is under way already, or was asked for in the same batch.
    mutating func begin(_ effect: Effect) -> Bool {
        guard ofBatch.insert(effect).inserted else { return false }
        return request(of: effect).map { underWay.insert($0).inserted } ?? true
    }

    /// Forgets what the batch asked for.
    mutating func endBatch() {
        ofBatch = []
    }

    /// Notes what came of an effect.
    mutating func note(_ result: EffectResult) {
        switch result {
        case .fetch: underWay.remove(.fetch)
        case .renewal: underWay.remove(.renewal)
        case .signInOffer: underWay.remove(.signInOffer)
        case .browser: underWay.remove(.browser)
        case .history, .keptHistories, .signIn, .copied: break
        }
    }

    private func request(of effect: Effect) -> Request? {
        switch effect {
        case .fetch: .fetch
        case .renew: .renewal
        case .offerSignIn: .signInOffer
        case .openBrowser: .browser
        case .history, .keptHistories, .look, .signIn, .copy, .redraw, .suspend, .quit: nil
        }
    }
}
