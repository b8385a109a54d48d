import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo
@testable import OperatingSystem

/// A desk whose random bytes count up, and whose orders end as a test says.
struct DeskBench: Sendable {
    let clock = ManualClock()
    let store = SnapshotStore()
    let desk: SignInDesk

    private let orders = Orders()

    private final class Orders: Sendable {
        let performed = Mutex<[TokenOrder]>([])
        let announced = Mutex<[Secret]>([])
        let obstacle = Mutex<(error: TokenFileError?, timesAsked: Int)>((nil, 0))
        let outcome = Mutex(TokenOutcome.renewed(until: SampleStations.now(10_800)))
    }

    private final class Bytes: Sendable {
        private let last = Mutex<UInt8>(0)

        func next(_ count: Int) -> [UInt8] {
            let value = last.withLock { last in
                last += 1
                return last
            }
            return Array(repeating: value, count: count)
        }
    }

    /// - Parameter hasRandomness: Whether the system gives random bytes.
    init(hasRandomness: Bool = true) {
        let (orders, bytes) = (orders, Bytes())
        desk = SignInDesk(
            oauth: OAuthClient(baseURL: "https://netatmo.test", credentials: SampleTokens.credentials, transport: ScriptedTransport()),
            clock: clock, publisher: store, events: EventLog(publisher: store, logger: CollectedLog().logger),
            random: { hasRandomness ? bytes.next($0) : [] },
            announce: { key in orders.announced.withLock { $0.append(key) } },
            token: { [store] in store.snapshot.token },
            findObstacle: {
                orders.obstacle.withLock { obstacle in
                    obstacle.timesAsked += 1
                    return obstacle.error
                }
            },
            perform: { order in
                orders.performed.withLock { $0.append(order) }
                return orders.outcome.withLock { $0 }
            }
        )
    }

    let redirectURI = "http://127.0.0.1:9210/auth/callback"

    /// Begins a sign-in and returns its state.
    func begin() async throws -> Secret {
        let url = try #require(await desk.authorizeURL(redirectURI: redirectURI))
        let state = try #require(URLComponents(string: url)?.queryItems?.first { $0.name == "state" }?.value)
        return SampleTokens.secret(state)
    }

    /// Sends a browser to NetAtmo and returns its state and its cookie.
    ///
    /// - Parameters:
    ///   - authority: The name that it came by, with port 80.
    ///   - cookies: What it holds.
    func sendBrowser(from authority: String = "localhost", cookies: [Secret] = []) async throws -> (state: Secret, cookie: Secret) {
        let own = try #require(LoopbackAuthority(authority, port: 80))
        guard case .sent(let url, let cookie) = await desk.sendBrowser(from: own, cookies: cookies, redirectURI: redirectURI) else {
            throw NothingCame(what: "NetAtmo's address")
        }
        let state = try #require(URLComponents(string: url)?.queryItems?.first { $0.name == "state" }?.value)
        return (SampleTokens.secret(state), cookie)
    }

    func answer(_ query: String) throws -> AuthorizationAnswer {
        try #require(AuthorizationAnswer(query: query))
    }

    /// The orders so far.
    var performed: [TokenOrder] { orders.performed.withLock { $0 } }

    /// The keys that were announced so far.
    var announced: [Secret] { orders.announced.withLock { $0 } }

    /// Lets orders end like that from now on.
    func end(with outcome: TokenOutcome) {
        orders.outcome.withLock { $0 = outcome }
    }

    /// Lets nothing new be saved, or lets it again, as far as is found out by asking.
    func block(with error: TokenFileError?) {
        orders.obstacle.withLock { $0.error = error }
    }

    /// How often it was asked whether something could be saved.
    var timesAsked: Int { orders.obstacle.withLock { $0.timesAsked } }

    var status: SignInStatus { store.snapshot.signIn }
    var events: [Event.Kind] { store.snapshot.events.map(\.kind) }
}
