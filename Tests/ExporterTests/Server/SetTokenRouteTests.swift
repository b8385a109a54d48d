import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("Bringing a refresh token")
struct SetTokenRouteTests {
    private let bench = WebBench()

    @Test("The page's form is taken, blanks around the token or not", arguments: ["5f8d%7C0c1e", "+5f8d%7C0c1e%0D%0A", "5f8d%7C%0A0c1e"])
    func taken(value: String) async throws {
        try await bench.test(.live) { client in
            let page = try await client.home()
            let form = "x=y&refresh_token=\(value)&form_token=\(page.token)"
            let answer = try await client.send(.post, "/auth/settoken", headers: page.cookie, body: form)
            #expect(answer.status == .found)
            #expect(answer.headers[.location] == "/")
        }
        #expect(bench.desk.performed == [.adopt(refreshToken: SampleTokens.secret("5f8d|0c1e"))])
    }

    @Test("An empty one is 400", arguments: ["", "refresh_token=", "refresh_token=+%0A", "token=x", "%%%", "refresh_token"])
    func empty(body: String) async throws {
        try await bench.test(.live) { client in
            let answer = try await client.send(.post, "/auth/settoken", body: body)
            #expect(answer.status == .badRequest)
        }
        #expect(bench.desk.performed.isEmpty)
    }

    @Test("What can be no token is 400, before anything is asked for", arguments: ["%C3%A4%7C1", "5f8d%001", "5f8d%7F"])
    func noToken(value: String) async throws {
        try await bench.test(.live) { client in
            let page = try await client.home()
            let form = "refresh_token=\(value)&form_token=\(page.token)"
            let answer = try await client.send(.post, "/auth/settoken", headers: page.cookie, body: form)
            #expect(answer.status == .badRequest)
        }
        #expect(bench.desk.performed.isEmpty)
    }

    @Test("Other methods are refused", arguments: [HTTPRequest.Method.get, .head, .put, .delete])
    func methods(method: HTTPRequest.Method) async throws {
        try await bench.test(.live) { client in
            let answer = try await client.send(method, "/auth/settoken?refresh_token=5f8d")
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow] == "POST")
        }
        #expect(bench.desk.performed.isEmpty)
    }

    @Test(
        "A form that is not of this page is refused",
        arguments: ["no token", "no cookie", "another cookie", "another token", "cookie", "old"]
    )
    func foreignForm(kind: String) async throws {
        try await bench.test(.live) { client in
            let (page, other) = (try await client.home(), try await client.home())
            let cookie = try #require(page.cookie["Cookie"])
            var (headers, token) = (page.cookie, String(page.token))
            switch kind {
            case "no token": token = ""
            case "no cookie": headers = [:]
            case "another cookie": headers = other.cookie
            case "another token": token = String(other.token)
            case "cookie": token = String(cookie.split(separator: "=")[1])
            default: bench.desk.clock.advance(by: .seconds(86_400))
            }
            let form = "refresh_token=5f8d&form_token=\(token)"
            let answer = try await client.send(.post, "/auth/settoken", headers: headers, body: form)
            #expect(answer.status == .forbidden)
            #expect(answer.text == "This form is not of this exporter's page, or too old: open / again, or send a one-time key.\n")
        }
        #expect(bench.desk.performed.isEmpty)
    }

    @Test(
        "What browsers say of our own page's form is fine",
        arguments: [["Sec-Fetch-Site": "same-origin", "Origin": "null"], ["Origin": "null"]])
    func ownPage(headers: [String: String]) async throws {
        try await bench.test(.live) { client in
            let page = try await client.home()
            let form = "refresh_token=5f8d&form_token=\(page.token)"
            let answer = try await client.send(.post, "/auth/settoken", headers: headers.merging(page.cookie) { $1 }, body: form)
            #expect(answer.status == .found)
        }
    }

    @Test("The cookie is for this exporter's own pages and no script; a page that is loaded again keeps it")
    func cookie() async throws {
        try await bench.test(.live) { client in
            let field = try #require(try await client.send(.get, "/").headers[.setCookie])
            #expect(cookieAttributes(field) == ["Path=/", "Max-Age=86400", "HttpOnly", "SameSite=Strict"])
            let page = try await client.home()
            let again = try await client.home(headers: page.cookie)
            #expect(again == page)
            // A server on another port of this machine shares its cookies.
            let crowded = try await client.home(headers: [
                "Cookie": "a=b; netatmo_dashboard_form=forged; \(try #require(page.cookie["Cookie"]))"
            ])
            #expect(crowded == page)
        }
    }

    @Test("One that is too large is refused")
    func tooLarge() async throws {
        try await bench.test(.live) { client in
            let status = try await client.send(.post, "/auth/settoken", body: "refresh_token=" + String(repeating: "a", count: 8192)).status
            #expect(status == .contentTooLarge)
        }
        #expect(bench.desk.performed.isEmpty)
    }
}
