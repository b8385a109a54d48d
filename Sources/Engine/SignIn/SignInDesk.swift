package import EngineAPI
package import FoundationEssentials
import Homes
import Netatmo
package import OperatingSystem

/// Leads a user through signing in: gives out one-time keys and states, and takes them back once.
///
/// A key opens this exporter's own `/auth/authorize`; a state ties NetAtmo's answer to the question that was asked, and to
/// the browser that asked, by a cookie where it brought no key (CSRF).
package actor SignInDesk {
    private let oauth: OAuthClient
    private let clock: any WallClock
    private let publisher: any SnapshotPublisher
    private let events: EventLog
    private let random: @Sendable (Int) -> [UInt8]
    private let token: @Sendable () -> TokenStatus
    private let findObstacle: @Sendable () async -> TokenFileError?
    private let perform: @Sendable (TokenOrder) async -> TokenOutcome
    private let announce: (@Sendable (Secret) -> Void)?
    private let onStatus: @Sendable () -> Void

    private var status = SignInStatus.idle
    private var keys = OneTimeSecrets()
    /// Those that the user was shown, or got for a key.
    private var states = OneTimeSecrets()
    /// Those of browsers that needed no key. Whatever begins how many of them, one that is under way stays.
    private var browserStates = OneTimeSecrets(overflow: .refuses)
    private var forms = FormTokens()
    /// The key that was announced last.
    private var announced: Secret?
    private let executor = QueueExecutor(label: "sign-in")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - announce: Gets a key whenever the user needs one and there is no screen that shows it.
    ///   - token: The token's status, as far as it is known at once.
    ///   - findObstacle: Finds out why a new token could not be saved; `nil` where it could.
    init(
        oauth: OAuthClient, clock: any WallClock, publisher: any SnapshotPublisher, events: EventLog,
        random: @escaping @Sendable (Int) -> [UInt8], announce: (@Sendable (Secret) -> Void)? = nil,
        token: @escaping @Sendable () -> TokenStatus, findObstacle: @escaping @Sendable () async -> TokenFileError?,
        perform: @escaping @Sendable (TokenOrder) async -> TokenOutcome, onStatus: @escaping @Sendable () -> Void = {}
    ) {
        self.oauth = oauth
        self.clock = clock
        self.publisher = publisher
        self.events = events
        self.random = random
        self.announce = announce
        self.findObstacle = findObstacle
        self.perform = perform
        self.token = token
        self.onStatus = onStatus
    }

    /// A key for `/auth/authorize?key=…`: 128 random bits, good once, for 10 minutes.
    package func issueKey() -> Secret? {
        let expires = clock.now.addingTimeInterval(OneTimeSecrets.lifetime)
        let key = keys.issue(bytes: random(16), at: clock.now)
        publish(.offered(expires: expires))
        return key
    }

    /// Why a sign-in would be refused whatever it brings, found out anew: to be asked before a browser is sent away or a key is spent.
    package func obstacle() async -> SignInError? {
        await findObstacle().map(SignInError.notSavable)
    }

    /// The same as far as it is known, in words and with what to do. It costs nothing, so that a stranger may be told too.
    package nonisolated var warning: String? { token().signInWarning }

    /// Whether a key could be taken back.
    package func isGood(key: Secret) -> Bool {
        keys.bearer(of: key, at: clock.now) != nil
    }

    /// Takes a key back. False where it is none of ours, was used, or is older than 10 minutes.
    package func redeem(key: Secret) -> Bool {
        keys.redeem(key, at: clock.now)
    }

    /// Announces a key, unless there is a token, a sign-in would be refused, or a key that was announced is still good.
    ///
    /// - Parameter isAskedFor: Whether a browser wanted to sign in and had none. Otherwise a sign-in that is under way is let be.
    package func announceKey(isAskedFor: Bool) async {
        // What is known already is not found out anew: strangers lead here too, and it takes a write.
        guard announce != nil, lacksToken, token().obstacle == nil, await findObstacle() == nil else { return }
        announceKeyNow(isAskedFor: isAskedFor)
    }

    private func announceKeyNow(isAskedFor: Bool) {
        guard let announce, lacksToken, isAskedFor || !isSignInUnderWay,
            announced.flatMap({ keys.bearer(of: $0, at: clock.now) }) == nil,
            let key = keys.issue(bytes: random(16), at: clock.now)
        else { return }
        announced = key
        announce(key)
    }

    /// When the wait for a browser that was sent to NetAtmo ends without an answer; `nil` where there is none.
    var endOfWaiting: Date? {
        guard case .waitingForNetatmo(let since) = status, isSignInUnderWay else { return nil }
        return since.addingTimeInterval(OneTimeSecrets.lifetime)
    }

    private var isSignInUnderWay: Bool {
        switch status {
        case .waitingForNetatmo(let since): abs(clock.now.timeIntervalSince(since)) < OneTimeSecrets.lifetime
        case .exchanging: true
        case .idle, .offered, .succeeded, .failed: false
        }
    }

    private var lacksToken: Bool {
        let token = token()
        switch (token.state(at: clock.now), token.possession) {
        case (.missing, .refreshTokenOnly): return false
        case (.missing, _), (.rejected, _), (.expired, _): return true
        case (.valid, _), (.expiring, _), (.renewing, _): return false
        }
    }

    /// NetAtmo's page for a browser that is not ours to send, with a state of 256 random bits, good once, for 10 minutes. The
    /// address is for the user's eyes: who knows the state may bring the answer.
    package func authorizeURL(redirectURI: String) -> String? {
        states.issue(bytes: random(32), at: clock.now).map { oauth.authorizeURL(redirectURI: redirectURI, state: $0) }
    }

    /// Sends a browser that brought a one-time key to NetAtmo. Only who had the key can know the state.
    package func sendBrowserWithKey(redirectURI: String) -> String? {
        guard let url = authorizeURL(redirectURI: redirectURI) else { return nil }
        publish(.waitingForNetatmo(since: clock.now))
        events.record(.signInStarted, at: clock.now)
        return url
    }

    /// What came of sending a browser to NetAtmo.
    package enum Departure: Sendable, Hashable {
        /// The address with a state as above, and the cookie that the answer has to come with.
        case sent(url: String, cookie: Secret)
        /// As many as are kept were begun within 10 minutes, and not ended.
        case tooMany
        /// There are no random bytes.
        case noRandomness
    }

    /// Sends a browser of this machine to NetAtmo. One that began before begins anew.
    ///
    /// - Parameter authority: The name by which the browser knows this exporter, and which the cookie is for.
    package func sendBrowser(from authority: LoopbackAuthority, cookies: [Secret] = [], redirectURI: String) -> Departure {
        let known = browserStates.cookie(among: cookies, at: clock.now)
        guard known != nil || browserStates.hasRoom(at: clock.now) else { return .tooMany }
        guard let cookie = known ?? Secret(base64URL(random(16))),
            let state = browserStates.issue(bytes: random(32), to: .browser(cookie: cookie, authority: authority), at: clock.now)
        else { return .noRandomness }
        let wasJustSent = isBrowserJustSent
        publish(.waitingForNetatmo(since: clock.now))
        // Opening an address again and again must not fill the events.
        if !wasJustSent { events.record(.signInStarted, at: clock.now) }
        return .sent(url: oauth.authorizeURL(redirectURI: redirectURI, state: state), cookie: cookie)
    }

    private var isBrowserJustSent: Bool {
        guard case .waitingForNetatmo(let since) = status else { return false }
        return abs(clock.now.timeIntervalSince(since)) < 60
    }

    /// The name by which the browser knows this exporter that was sent with a state; `nil` where no browser was.
    package func authority(ofState state: Secret) -> LoopbackAuthority? {
        guard case .browser(_, let authority)? = browserStates.bearer(of: state, at: clock.now) else { return nil }
        return authority
    }

    /// The form token of a page for a browser that holds these cookies.
    package func formToken(for cookies: [Secret]) -> FormTokens.Pair? {
        forms.pair(for: cookies, bytes: random, at: clock.now)
    }

    package func accepts(formToken: Secret, cookies: [Secret]) -> Bool {
        forms.accepts(formToken, cookies: cookies, at: clock.now)
    }

    /// Takes NetAtmo's answer from the redirect.
    ///
    /// - Parameter cookies: What the browser holds that brought it; empty where the user pasted it.
    package func complete(_ answer: AuthorizationAnswer, cookies: [Secret] = [], redirectURI: String) async throws(SignInError) -> Date {
        // Any site can make a browser open such an address (CSRF): it must neither spoil a sign-in under way nor fill the events.
        guard let state = answer.state, knows(state, cookies: cookies) else { throw .unknownState }
        if case .code = answer.result, let obstacle = await obstacle() { throw fail(obstacle) }
        guard take(back: state, cookies: cookies) else { throw .unknownState }
        switch answer.result {
        case .denied(let error): throw fail(SignInError(settingsProblem: error, redirectURI: redirectURI) ?? .denied(error))
        case .code(let code):
            return try await exchange(
                .exchange(code: code, redirectURI: redirectURI), refusal: .refusedCode, redirectURI: redirectURI)
        }
    }

    private func knows(_ state: Secret, cookies: [Secret]) -> Bool {
        // Copies: nothing is spent.
        var (states, browserStates) = (states, browserStates)
        return states.redeem(state, at: clock.now) || browserStates.redeem(state, cookies: cookies, at: clock.now)
    }

    private func take(back state: Secret, cookies: [Secret]) -> Bool {
        states.redeem(state, at: clock.now) || browserStates.redeem(state, cookies: cookies, at: clock.now)
    }

    package func adopt(refreshToken: Secret) async throws(SignInError) -> Date {
        try await exchange(.adopt(refreshToken: refreshToken), refusal: .refusedToken)
    }

    /// - Parameters:
    ///   - refusal: What to say where NetAtmo does not know what was brought.
    ///   - redirectURI: Where NetAtmo sent the browser back to, if one was sent.
    private func exchange(_ order: TokenOrder, refusal: SignInError, redirectURI: String = "") async throws(SignInError) -> Date {
        publish(.exchanging)
        switch await perform(order) {
        case .renewed(let until):
            endAll()
            publish(.succeeded(until: until))
            events.record(.signedIn(until: until), at: clock.now)
            return until
        case .failed(let error): throw fail(Self.problem(error, refusal: refusal, redirectURI: redirectURI))
        case .notSavable(let error): throw fail(.notSavable(error))
        case .nothingToRenew, .stopped: throw fail(.stopping)
        }
    }

    private static func problem(_ error: NetatmoError, refusal: SignInError, redirectURI: String) -> SignInError {
        switch error.kind {
        case .invalidGrant: refusal
        case .invalidClient: .unknownClient
        default: SignInError(settingsProblem: error.code, redirectURI: redirectURI) ?? .netatmo(error)
        }
    }

    /// Once the user signed in, nothing that was given out for it is of any use.
    private func endAll() {
        keys.removeAll()
        states.removeAll()
        browserStates.removeAll()
        announced = nil
    }

    private func fail(_ error: SignInError) -> SignInError {
        publish(.failed(reason: error.description))
        events.record(.signInFailed(reason: error.description), at: clock.now)
        return error
    }

    private func publish(_ status: SignInStatus) {
        self.status = status
        publisher.publish(status)
        onStatus()
    }
}
