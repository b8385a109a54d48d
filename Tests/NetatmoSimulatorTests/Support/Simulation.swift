import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore

@testable import NetatmoSimulator

/// A simulated NetAtmo whose clock and delays the test holds in its hand.
struct Simulation: Sendable {
    let clock: TestClock
    let netatmo: SimulatedNetatmo

    init(at time: Int = TestClock.monday, _ configuration: SimulatorConfiguration = Self.configuration) {
        let clock = TestClock(at: time)
        self.clock = clock
        self.netatmo = SimulatedNetatmo(configuration: configuration, now: { clock.now() })
    }

    /// The defaults, with tokens that are the same in each run.
    static var configuration: SimulatorConfiguration { SimulatorConfiguration(tokenRandomness: .seeded) }

    func run<Value>(
        _ setup: TestingSetup = .router,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { _ in },
        _ test: @Sendable (any TestClientProtocol) async throws -> Value
    ) async throws -> Value {
        try await Application(router: makeRouter(netatmo: self.netatmo, sleep: sleep)).test(setup, test)
    }

    /// The stations as a client with a fresh token gets them.
    func devices(query: String = "") async throws -> [JSONValue] {
        try await self.body("/api/getstationsdata" + query)?["devices"]?.elements ?? []
    }

    /// The home coaches as a client with a fresh token gets them.
    func coaches(query: String = "") async throws -> [JSONValue] {
        try await self.body("/api/gethomecoachsdata" + query)?["devices"]?.elements ?? []
    }

    /// The body of an answer to a client with a fresh token.
    func body(_ uri: String) async throws -> JSONValue? {
        let token = await self.netatmo.issueTokens().access
        return try await self.run { client in try await client.data(uri, token: token).json()["body"] }
    }
}

extension TestClientProtocol {
    func data(_ uri: String, token: String?) async throws -> TestResponse {
        try await self.execute(uri: uri, method: .get, headers: Self.authorization(token))
    }

    func form(_ uri: String, _ fields: [(String, String)], token: String? = nil) async throws -> TestResponse {
        var headers = Self.authorization(token)
        headers[.contentType] = "application/x-www-form-urlencoded"
        let body = fields.map { FormFields.encode($0.0) + "=" + FormFields.encode($0.1) }.joined(separator: "&")
        return try await self.execute(uri: uri, method: .post, headers: headers, body: ByteBuffer(string: body))
    }

    func refresh(_ token: String, secret: String = SimulatorConfiguration.defaultClientSecret) async throws -> TestResponse {
        try await self.form(
            "/oauth2/token",
            [
                ("grant_type", "refresh_token"), ("refresh_token", token),
                ("client_id", SimulatorConfiguration.defaultClientID), ("client_secret", secret),
            ]
        )
    }

    func exchange(_ code: String, redirect: String, scope: String? = nil) async throws -> TestResponse {
        try await self.form(
            "/oauth2/token",
            [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect),
                ("client_id", SimulatorConfiguration.defaultClientID), ("client_secret", SimulatorConfiguration.defaultClientSecret),
            ] + (scope.map { [("scope", $0)] } ?? [])
        )
    }

    private static func authorization(_ token: String?) -> HTTPFields {
        token.map { [.authorization: "Bearer " + $0] } ?? [:]
    }
}
