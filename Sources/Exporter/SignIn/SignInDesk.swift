import FoundationEssentials
import Netatmo

/// Leads a user through signing in: gives out one-time keys and states, and takes them back once.
///
/// A key opens this exporter's own `/auth/authorize`; a state ties NetAtmo's answer to the question that was asked.
actor SignInDesk {
    private let oauth: OAuthClient
    private let clock: any WallClock
    private let store: SnapshotStore
    private let events: EventLog
    private let random: @Sendable (Int) -> [UInt8]
    private let perform: @Sendable (TokenOrder) async -> TokenOutcome

    private var keys = OneTimeSecrets()
    private var states = OneTimeSecrets()
    private let executor = QueueExecutor(label: "sign-in")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        oauth: OAuthClient, clock: any WallClock, store: SnapshotStore, events: EventLog, random: @escaping @Sendable (Int) -> [UInt8],
        perform: @escaping @Sendable (TokenOrder) async -> TokenOutcome
    ) {
        self.oauth = oauth
        self.clock = clock
        self.store = store
        self.events = events
        self.random = random
        self.perform = perform
    }

    /// A key for `/auth/authorize?key=…`: 128 random bits, good once, for 10 minutes.
    func issueKey() -> Secret? {
        let expires = clock.now.addingTimeInterval(OneTimeSecrets.lifetime)
        let key = keys.issue(bytes: random(16), at: clock.now)
        publish(.offered(expires: expires))
        return key
    }

    /// Takes a key back. False where it is none of ours, was used, or is older than 10 minutes.
    func redeem(key: Secret) -> Bool {
        keys.redeem(key, at: clock.now)
    }

    /// NetAtmo's page for the user's browser, with a state of 256 random bits, good once, for 10 minutes.
    func authorizeURL(redirectURI: String) -> String? {
        states.issue(bytes: random(32), at: clock.now).map { oauth.authorizeURL(redirectURI: redirectURI, state: $0) }
    }

    /// Notes that a browser was sent to NetAtmo.
    func browserLeft() {
        publish(.waitingForNetatmo(since: clock.now))
        events.record(.signInStarted, at: clock.now)
    }

    /// Takes NetAtmo's answer from the redirect.
    func complete(_ answer: AuthorizationAnswer, redirectURI: String) async throws(SignInError) -> Date {
        // Anybody can make a browser open such an address: it must neither spoil a sign-in under way nor fill the history.
        guard let state = answer.state, states.redeem(state, at: clock.now) else { throw .unknownState }
        switch answer.result {
        case .denied(let error): throw fail(.denied(error))
        case .code(let code): return try await exchange(.exchange(code: code, redirectURI: redirectURI))
        }
    }

    /// Takes a refresh token that the user brought.
    func adopt(refreshToken: Secret) async throws(SignInError) -> Date {
        try await exchange(.adopt(refreshToken: refreshToken))
    }

    private func exchange(_ order: TokenOrder) async throws(SignInError) -> Date {
        publish(.exchanging)
        switch await perform(order) {
        case .renewed(let until):
            publish(.succeeded(until: until))
            events.record(.signedIn(until: until), at: clock.now)
            return until
        case .failed(let error): throw fail(.netatmo(error))
        case .nothingToRenew, .stopped: throw fail(.stopping)
        }
    }

    private func fail(_ error: SignInError) -> SignInError {
        publish(.failed(reason: error.description))
        events.record(.signInFailed(reason: error.description), at: clock.now)
        return error
    }

    private func publish(_ status: SignInStatus) {
        store.update { $0.signIn = status }
    }
}

/// Random texts that are good once, and for 10 minutes.
struct OneTimeSecrets {
    /// How long one is good, in seconds.
    static let lifetime: TimeInterval = 600
    /// How many are kept; the oldest makes room.
    private static let capacity = 64

    private var issued: [(secret: Secret, expires: Date)] = []

    mutating func issue(bytes: [UInt8], at now: Date) -> Secret? {
        issued.removeAll { $0.expires <= now }
        if issued.count >= Self.capacity { issued.removeFirst() }
        guard let secret = Secret(base64URL(bytes)) else { return nil }
        issued.append((secret, now.addingTimeInterval(Self.lifetime)))
        return secret
    }

    mutating func redeem(_ secret: Secret, at now: Date) -> Bool {
        guard let index = issued.firstIndex(where: { isEqualInConstantTime($0.secret, secret) }) else { return false }
        return issued.remove(at: index).expires > now
    }

    private func isEqualInConstantTime(_ one: Secret, _ other: Secret) -> Bool {
        let (one, other) = (Array(one.reveal().utf8), Array(other.reveal().utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// Base64 of RFC 4648, section 5, without padding: safe in an address.
private func base64URL(_ bytes: [UInt8]) -> String {
    let replaced = Data(bytes).base64EncodedString().map { character -> Character in
        switch character {
        case "+": "-"
        case "/": "_"
        default: character
        }
    }
    return String(replaced.filter { $0 != "=" })
}
