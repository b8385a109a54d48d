import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import NetatmoSimulator

@Suite("Tokens")
struct TokenTests {
    @Test("A refresh answers as NetAtmo does: scope as an array, the lifetime twice, no token_type, a | in each token")
    func shape() async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        try await simulation.run { client in
            let response = try await client.refresh(tokens.refresh)
            #expect(response.status == .ok)
            #expect(response.headers[.contentType]?.hasPrefix("application/json") == true)
            #expect(response.headers[.cacheControl] == "no-store")
            let json = try response.json()
            #expect(json.keys == ["access_token", "refresh_token", "scope", "expires_in", "expire_in"])
            #expect(json["scope"] == .array(["read_station", "read_homecoach", "read_thermostat"].map(JSONValue.string)))
            #expect(json["expires_in"] == .number(10_800))
            #expect(json["expire_in"] == .number(10_800))
            #expect(json["access_token"]?.string?.contains("|") == true)
            #expect(json["refresh_token"]?.string?.contains("|") == true)
        }
    }

    @Test("A renewal keeps the rights that the pair had", arguments: [["read_homecoach"], ["read_homecoach", "read_station"]])
    func keepsScope(scope: [String]) async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens(scope: scope)
        try await simulation.run { client in
            let first = try await client.refresh(tokens.refresh).json()
            let second = try await client.refresh(try #require(first["refresh_token"]?.string)).json()
            #expect(first["scope"] == .array(scope.map(JSONValue.string)))
            #expect(second["scope"] == first["scope"])
            let access = try #require(second["access_token"]?.string)
            let stations = try await client.data("/api/getstationsdata", token: access)
            #expect(stations.status == (scope.contains("read_station") ? .ok : .forbidden))
        }
    }

    @Test("A refresh kills both old tokens, and the new ones work")
    func rotation() async throws {
        let simulation = Simulation()
        let old = await simulation.netatmo.issueTokens()
        try await simulation.run { client in
            let new = try await client.refresh(old.refresh).json()
            let access = try #require(new["access_token"]?.string)
            #expect(try await client.data("/api/getstationsdata", token: old.access).json()["error"]?["code"] == .number(2))
            #expect(try await client.data("/api/getstationsdata", token: access).status == .ok)
            let again = try await client.refresh(old.refresh)
            #expect(again.status == .badRequest)
            #expect(again.text == "{\"error\":\"invalid_grant\"}")
            #expect(try await client.refresh(try #require(new["refresh_token"]?.string)).status == .ok)
        }
        let records = await simulation.netatmo.requests.filter { $0.endpoint == .token }
        #expect(records.map(\.usedReplacedToken) == [false, true, false])
        #expect(records.map(\.error) == [nil, "invalid_grant", nil])
        #expect(records.map(\.refreshesInFlight) == [1, 1, 1])
    }

    @Test("A refresh token works after its access token has expired")
    func refreshAfterExpiry() async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        try await simulation.run { client in
            simulation.clock.advance(by: 10_799)
            #expect(try await client.data("/api/getstationsdata", token: tokens.access).status == .ok)
            simulation.clock.advance(by: 1)
            let expired = try await client.data("/api/getstationsdata", token: tokens.access)
            #expect(expired.status == .forbidden)
            #expect(try expired.json()["error"] == .object(["code": .number(3), "message": .string("Access token expired")]))
            #expect(try await client.refresh(tokens.refresh).status == .ok)
        }
    }

    @Test(
        "A request that lacks something or contradicts itself is refused with the right word",
        arguments: [
            ("", "invalid_request"),
            ("grant_type=refresh_token&client_id=simulator-client&client_secret=simulator-secret", "invalid_request"),
            ("grant_type=refresh_token&refresh_token=x&client_id=simulator-client", "invalid_request"),
            ("grant_type=refresh_token&refresh_token=x&client_id=other&client_secret=simulator-secret", "invalid_client"),
            ("grant_type=refresh_token&refresh_token=x&client_id=simulator-client&client_secret=%22simulator-secret%22", "invalid_client"),
            ("grant_type=refresh_token&refresh_token=x&client_id=simulator-client&client_secret=simulator-secret", "invalid_grant"),
            ("grant_type=password&client_id=simulator-client&client_secret=simulator-secret", "unsupported_grant_type"),
            ("grant_type=refresh_token&grant_type=refresh_token", "invalid_request"),
            ("grant_type=%zz", "invalid_request"),
            ("grant_type=%ff", "invalid_request"),
            ("grant_type=refresh_token&refresh_token=x&client_id=simulator-client&client_secret=simulator-secret&x=\u{0}", "invalid_grant"),
        ]
    )
    func refusals(body: String, error: String) async throws {
        try await Simulation().run { client in
            let response = try await client.execute(
                uri: "/oauth2/token",
                method: .post,
                headers: [.contentType: "application/x-www-form-urlencoded"],
                body: .init(string: body)
            )
            #expect(response.status == .badRequest)
            #expect(response.text == "{\"error\":\"\(error)\"}")
        }
    }

    @Test("Credentials are taken from a form in the body, not from the query or JSON")
    func credentialsInBody() async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        let fields =
            "grant_type=refresh_token&client_id=simulator-client&client_secret=simulator-secret&refresh_token="
            + FormFields.encode(tokens.refresh)
        try await simulation.run { client in
            let query = try await client.execute(uri: "/oauth2/token?" + fields, method: .post)
            #expect(query.text == "{\"error\":\"invalid_request\"}")
            let json = try await client.execute(
                uri: "/oauth2/token",
                method: .post,
                headers: [.contentType: "application/json"],
                body: .init(string: fields)
            )
            #expect(json.text == "{\"error\":\"invalid_request\"}")
        }
    }

    @Test("A body above 64 KiB is refused with 413")
    func boundedBody() async throws {
        try await Simulation().run { client in
            let response = try await client.execute(
                uri: "/oauth2/token",
                method: .post,
                headers: [.contentType: "application/x-www-form-urlencoded"],
                body: .init(string: String(repeating: "a", count: 70_000))
            )
            #expect(response.status == .contentTooLarge)
        }
    }

    @Test("After revokeAll nothing works but signing in again")
    func revokeAll() async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        await simulation.netatmo.revokeAll()
        try await simulation.run { client in
            #expect(try await client.refresh(tokens.refresh).text == "{\"error\":\"invalid_grant\"}")
            let data = try await client.data("/api/getstationsdata", token: tokens.access)
            #expect(data.status == .forbidden)
            #expect(try data.json()["error"]?["code"] == .number(2))
            let fresh = await simulation.netatmo.issueTokens()
            #expect(try await client.refresh(fresh.refresh).status == .ok)
        }
    }

    @Test("Seeded tokens are the same in each run, others are not")
    func randomness() async {
        let one = await Simulation().netatmo.issueTokens()
        let two = await Simulation().netatmo.issueTokens()
        #expect(one == two)
        let random = await Simulation(SimulatorConfiguration()).netatmo.issueTokens()
        let other = await Simulation(SimulatorConfiguration()).netatmo.issueTokens()
        #expect(random != other)
    }

    @Test("Sign-ins without end don't fill the memory: the oldest pair gives way")
    func boundedPairs() async throws {
        let simulation = Simulation()
        let first = await simulation.netatmo.issueTokens()
        for _ in 0..<64 { _ = await simulation.netatmo.issueTokens() }
        try await simulation.run { client in
            let response = try await client.refresh(first.refresh)
            #expect(response.status == .badRequest)
        }
    }

    @Test("The record never holds a secret")
    func recordHoldsNoSecrets() async throws {
        let simulation = Simulation()
        let tokens = await simulation.netatmo.issueTokens()
        try await simulation.run { client in
            _ = try await client.refresh(tokens.refresh)
            _ = try await client.data("/api/getstationsdata", token: tokens.access)
            let record = try await client.execute(uri: "/simulator/requests", method: .get).text
            for secret in [tokens.refresh, tokens.access, "|", "simulator-secret"] {
                #expect(!record.contains(secret))
            }
        }
    }

    @Test("The record is bounded and goes on counting")
    func boundedRecord() async throws {
        var configuration = Simulation.configuration
        configuration.recordCapacity = 3
        let simulation = Simulation(configuration)
        try await simulation.run { client in
            for _ in 0..<5 { _ = try await client.data("/api/nothing", token: nil) }
        }
        #expect(await simulation.netatmo.requests.map(\.number) == [3, 4, 5])
        #expect(await simulation.netatmo.requestCount == 5)
    }
}
