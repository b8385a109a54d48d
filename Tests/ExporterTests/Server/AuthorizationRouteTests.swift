import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

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

    @Test("Where NetAtmo sends the browser back to does not go by what the request says the host is")
    func foreignHost() async throws {
        let key = try #require(await bench.desk.desk.issueKey()).reveal()
        try await bench.test(.live) { client in
            let uri = "/auth/authorize?redirect_uri=http%3A%2F%2Fevil.example"
            let headers = ["X-Forwarded-Host": "evil.example"]
            let answer = try await client.send(
                .post, uri, headers: headers, body: "key=\(key)&redirect_uri=http%3A%2F%2Fevil.example")
            #expect(answer.status == .found)
            #expect(answer.headers[.location]?.contains("evil") == false)
        }
    }

    @Test("A key is good once; a bad one is 403 and no sign-in begins")
    func key() async throws {
        let key = try #require(await bench.desk.desk.issueKey()).reveal()
        try await bench.test(.live) { client in
            #expect(try await client.send(.post, "/auth/authorize", body: "key=\(key)").status == .found)
            for bad in [key, "x", "", "%00"] {
                let events = bench.desk.events
                #expect(try await client.send(.post, "/auth/authorize", body: "key=\(bad)").status == .forbidden)
                #expect(bench.desk.events == events)
            }
            let old = try #require(await bench.desk.desk.issueKey()).reveal()
            bench.desk.clock.advance(by: .seconds(600))
            #expect(try await client.send(.post, "/auth/authorize", body: "key=\(old)").status == .forbidden)
        }
    }

    @Test("Our own page and an address that the user typed start one", arguments: ["same-origin", "none"])
    func fromOwnSite(site: String) async throws {
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, "/auth/authorize", headers: ["Sec-Fetch-Site": site])
            #expect(answer.status == .found)
        }
        #expect(bench.desk.events == [.signInStarted])
    }

    @Test("The browser gets a cookie that NetAtmo's redirect brings back, and no script reads")
    func cookie() async throws {
        try await bench.test(.live) { client in
            let field = try #require(try await client.send(.get, "/auth/authorize").headers[.setCookie])
            #expect(cookieAttributes(field) == ["Path=/auth", "Max-Age=600", "HttpOnly", "SameSite=Lax"])
        }
    }

    @Test("NetAtmo's answer goes on to the name that the browser began with, where its cookie is")
    func otherName() async throws {
        let (state, cookie) = try await bench.desk.sendBrowser(from: "127.0.0.1")
        try await bench.test(.live) { client in
            let query = "state=\(state.reveal())&code=c%7C1"
            let answer = try await client.send(.get, "/auth/callback?\(query)")
            #expect(answer.headers[.location] == "http://127.0.0.1:80/auth/callback?\(query)")
            #expect(bench.desk.performed.isEmpty)
            let stolen = ["Cookie": "netatmo_dashboard_sign_in=\(cookie.reveal())"]
            let elsewhere = try await client.send(.get, "/auth/callback?\(query)", headers: stolen)
            #expect(elsewhere.headers[.location] == "http://127.0.0.1:80/auth/callback?\(query)")
        }
    }

    @Test("/auth/callback takes the code and goes home")
    func callback() async throws {
        let (state, cookie) = try await bench.desk.sendBrowser()
        try await bench.test(.live) { client in
            let headers = ["Cookie": "other=1; netatmo_dashboard_sign_in=\(cookie.reveal())"]
            let answer = try await client.send(.get, "/auth/callback?state=\(state.reveal())&code=c%7C1", headers: headers)
            #expect(answer.status == .found)
            #expect(answer.headers[.location] == "/")
        }
        let order = TokenOrder.exchange(code: SampleTokens.secret("c|1"), redirectURI: bench.desk.redirectURI)
        #expect(bench.desk.performed == [order])
    }

    @Test("The address that the dashboard shows may end in any browser: who has its state was shown it")
    func shownState() async throws {
        let state = try await bench.desk.begin().reveal()
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, "/auth/callback?state=\(state)&code=c")
            #expect(answer.status == .found)
        }
    }

    @Test(
        "A callback of no sign-in under way, or of another browser's, is 400 and changes nothing",
        arguments: ["unknown", "used", "expired", "missing", "empty", "no cookie", "another cookie"]
    )
    func badCallback(kind: String) async throws {
        let (state, cookie) = try await bench.desk.sendBrowser()
        let other = try await bench.desk.sendBrowser()
        try await bench.test(.live) { client in
            var query = "state=\(state.reveal())&code=c"
            var headers = ["Cookie": "netatmo_dashboard_sign_in=\(cookie.reveal())"]
            switch kind {
            case "unknown": query = "state=unknown&code=c"
            case "used": #expect(try await client.send(.get, "/auth/callback?\(query)", headers: headers).status == .found)
            case "expired": bench.desk.clock.advance(by: .seconds(600))
            case "missing": query = "code=c"
            case "no cookie": headers = [:]
            case "another cookie": headers = ["Cookie": "netatmo_dashboard_sign_in=\(other.cookie.reveal())"]
            default: query = ""
            }
            let (status, events, orders) = (bench.desk.status, bench.desk.events, bench.desk.performed)
            let answer = try await client.send(.get, "/auth/callback?\(query)", headers: headers)
            #expect(answer.status == .badRequest)
            #expect(!answer.text.isEmpty)
            #expect(bench.desk.status == status)
            #expect(bench.desk.events == events)
            #expect(bench.desk.performed == orders)
            if kind.hasSuffix("cookie") {
                let right = ["Cookie": "netatmo_dashboard_sign_in=\(cookie.reveal())"]
                #expect(try await client.send(.get, "/auth/callback?\(query)", headers: right).status == .found, "it was not used up")
            }
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
            #expect(refused.text == "Signing in failed: NetAtmo refused the code: it is good once and for a short time, start again\n")
        }
    }

    @Test("The page says which address to register, or to compare the app's id and secret, also where NetAtmo brings no state back")
    func settings() async throws {
        let state = try await bench.desk.begin().reveal()
        try await bench.test(.live) { client in
            let redirect =
                "NetAtmo does not send browsers back to http://127.0.0.1:9210/auth/callback: "
                + "enter exactly that as the redirect URI of your app at dev.netatmo.com\n"
            let known = try await client.send(.get, "/auth/callback?state=\(state)&error=redirect_uri_mismatch")
            #expect(known.status == .badRequest)
            #expect(known.text == "Signing in failed: \(redirect)")
            let (status, events) = (bench.desk.status, bench.desk.events)
            let unknown = try await client.send(.get, "/auth/callback?error=redirect_uri_mismatch")
            #expect(unknown.text == "Signing in failed: \(SignInError.unknownState). \(redirect)")
            let client = try await client.send(.get, "/auth/callback?state=x&error=invalid_client").text
            #expect(
                client.hasSuffix(
                    ". NetAtmo does not know this client ID and secret: compare them with those of your app at dev.netatmo.com\n"))
            #expect(bench.desk.status == status && bench.desk.events == events)
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
