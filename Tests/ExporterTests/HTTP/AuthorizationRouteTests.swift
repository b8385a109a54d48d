import Foundation
import HTTPTypes
import HummingbirdTesting
import Netatmo
import Testing
import TestSupport

@testable import Exporter

@Suite("Signing in through a browser")
struct AuthorizationRouteTests {
    private let bench = WebBench()

    @Test("/auth/authorize redirects to NetAtmo with the exact query and a fresh state each time")
    func authorize() async throws {
        try await bench.test(.live) { client in
            var states: Set<String> = []
            for _ in 0..<3 {
                let answer = try await client.send(.get, "/auth/authorize")
                #expect(answer.status == .found)
                let location = try #require(answer.headers[.location])
                let start =
                    "https://netatmo.test/oauth2/authorize?client_id=app-5f1e"
                    + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A9210%2Fauth%2Fcallback&response_type=code&scope=read_station&state="
                #expect(location.hasPrefix(start))
                let state = location.dropFirst(start.count)
                #expect(state.utf8.count == 43)
                states.insert(String(state))
            }
            #expect(states.count == 3)
        }
        #expect(bench.desk.status == .waitingForNetatmo(since: SampleStations.now))
    }

    @Test("The address does not go by what the request says the host is")
    func foreignHost() async throws {
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, "/auth/authorize", headers: ["X-Forwarded-Host": "evil.example"])
            #expect(answer.headers[.location]?.contains("evil") == false)
        }
    }

    @Test("A key is good once; a bad one is 403 and no sign-in begins")
    func key() async throws {
        let key = try #require(await bench.desk.desk.issueKey()).reveal()
        try await bench.test(.live) { client in
            #expect(try await client.send(.get, "/auth/authorize?key=\(key)").status == .found)
            for bad in [key, "x", "", "%00"] {
                let events = bench.desk.events
                #expect(try await client.send(.get, "/auth/authorize?key=\(bad)").status == .forbidden)
                #expect(bench.desk.events == events)
            }
            let old = try #require(await bench.desk.desk.issueKey()).reveal()
            bench.desk.clock.advance(by: .seconds(600))
            #expect(try await client.send(.get, "/auth/authorize?key=\(old)").status == .forbidden)
        }
    }

    @Test("A page of another site starts no sign-in without a key", arguments: ["cross-site", "same-site", "CROSS-SITE", ""])
    func fromAnotherSite(site: String) async throws {
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, "/auth/authorize", headers: ["Sec-Fetch-Site": site])
            #expect(answer.status == .forbidden)
            #expect(answer.text == "Signing in can't be started by another site.\n")
            #expect(answer.headers[.location] == nil)
        }
        #expect(bench.desk.events.isEmpty)
        #expect(bench.desk.status == .idle)
    }

    @Test("With a key it does, as a link in a mail or a chat", arguments: ["cross-site", "same-site"])
    func fromAnotherSiteWithKey(site: String) async throws {
        let key = try #require(await bench.desk.desk.issueKey()).reveal()
        try await bench.test(.live) { client in
            for status in [HTTPResponse.Status.found, .forbidden] {
                let answer = try await client.send(.get, "/auth/authorize?key=\(key)", headers: ["Sec-Fetch-Site": site])
                #expect(answer.status == status, "the key is good once")
            }
        }
        #expect(bench.desk.events == [.signInStarted])
    }

    @Test("Our own page and an address that the user typed start one", arguments: ["same-origin", "none"])
    func fromOwnSite(site: String) async throws {
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, "/auth/authorize", headers: ["Sec-Fetch-Site": site])
            #expect(answer.status == .found)
        }
        #expect(bench.desk.events == [.signInStarted])
    }

    @Test("/auth/callback takes the code and goes home")
    func callback() async throws {
        let state = try await bench.desk.begin().reveal()
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, "/auth/callback?state=\(state)&code=c%7C1")
            #expect(answer.status == .found)
            #expect(answer.headers[.location] == "/")
        }
        let order = TokenOrder.exchange(code: SampleTokens.secret("c|1"), redirectURI: bench.desk.redirectURI)
        #expect(bench.desk.performed == [order])
    }

    @Test("A callback of no sign-in under way is 400 and changes nothing", arguments: ["unknown", "used", "expired", "missing", "empty"])
    func badCallback(kind: String) async throws {
        let state = try await bench.desk.begin().reveal()
        try await bench.test(.live) { client in
            var query = "state=\(state)&code=c"
            switch kind {
            case "unknown": query = "state=unknown&code=c"
            case "used": #expect(try await client.send(.get, "/auth/callback?\(query)").status == .found)
            case "expired": bench.desk.clock.advance(by: .seconds(600))
            case "missing": query = "code=c"
            default: query = ""
            }
            let (status, events, orders) = (bench.desk.status, bench.desk.events, bench.desk.performed)
            let answer = try await client.send(.get, "/auth/callback?\(query)")
            #expect(answer.status == .badRequest)
            #expect(!answer.text.isEmpty)
            #expect(bench.desk.status == status)
            #expect(bench.desk.events == events)
            #expect(bench.desk.performed == orders)
        }
    }

    @Test("A refusal at NetAtmo, and a code that it does not take, are 400 with the reason")
    func failures() async throws {
        bench.desk.end(with: .failed(NetatmoError(.invalidGrant, status: 400, code: "invalid_grant")))
        let states = [try await bench.desk.begin().reveal(), try await bench.desk.begin().reveal()]
        try await bench.test(.live) { client in
            let denied = try await client.send(.get, "/auth/callback?state=\(states[0])&error=access_denied")
            #expect(denied.status == .badRequest)
            #expect(denied.text == "Signing in failed: access was denied at NetAtmo\n")
            let refused = try await client.send(.get, "/auth/callback?state=\(states[1])&code=c")
            #expect(refused.status == .badRequest)
            #expect(refused.text == "Signing in failed: refresh token or code refused (HTTP 400, code invalid_grant)\n")
        }
    }

    @Test("HEAD begins and ends nothing", arguments: ["/auth/authorize", "/auth/callback?state=STATE&code=c"])
    func head(path: String) async throws {
        let state = try await bench.desk.begin().reveal()
        let path = path.replacing("STATE", with: state)
        try await bench.test(.live) { client in
            let answer = try await client.send(.head, path)
            #expect(answer.status == .methodNotAllowed)
        }
        #expect(bench.desk.events.isEmpty)
        #expect(bench.desk.performed.isEmpty)
    }
}
