import HTTPTypes
import HummingbirdTesting
import Testing
import TestSupport

@testable import Exporter

@Suite("Bringing a refresh token")
struct SetTokenRouteTests {
    private let bench = WebBench()
    private let form = "refresh_token=5f8d%7C0c1e"

    @Test("A form with one is taken, blanks around it or not", arguments: ["5f8d%7C0c1e", "+5f8d%7C0c1e%0D%0A", "5f8d%7C%0A0c1e"])
    func taken(value: String) async throws {
        try await bench.test(.live) { client in
            let answer = try await client.send(.post, "/auth/settoken", body: "x=y&refresh_token=\(value)")
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

    @Test("Other methods are refused", arguments: [HTTPRequest.Method.get, .head, .put, .delete])
    func methods(method: HTTPRequest.Method) async throws {
        try await bench.test(.live) { client in
            let status = try await client.send(method, "/auth/settoken?refresh_token=5f8d").status
            #expect([.notFound, .methodNotAllowed].contains(status))
        }
        #expect(bench.desk.performed.isEmpty)
    }

    @Test(
        "A form of another site is refused",
        arguments: [
            ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "cross-site", "Origin": "null"],
            ["Origin": "https://evil.example"], ["Origin": "http://localhost:1"],
        ]
    )
    func crossSite(headers: [String: String]) async throws {
        try await bench.test(.live) { client in
            let answer = try await client.send(.post, "/auth/settoken", headers: headers, body: form)
            #expect(answer.status == .forbidden)
        }
        #expect(bench.desk.performed.isEmpty)
    }

    @Test("Our own page's form is taken", arguments: [["Sec-Fetch-Site": "same-origin", "Origin": "null"], ["Origin": "null"], [:]])
    func ownPage(headers: [String: String]) async throws {
        try await bench.test(.live) { client in
            let answer = try await client.send(.post, "/auth/settoken", headers: headers, body: form)
            #expect(answer.status == .found)
        }
    }

    @Test("One that is too large is refused")
    func tooLarge() async throws {
        try await bench.test(.live) { client in
            let body = "refresh_token=" + String(repeating: "a", count: 9000)
            let answer = try await client.send(.post, "/auth/settoken", body: body)
            #expect(answer.status == .contentTooLarge)
        }
        #expect(bench.desk.performed.isEmpty)
    }
}
