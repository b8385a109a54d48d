import HTTPTypes
import HummingbirdTesting
import Testing
import TestSupport

@testable import Exporter

@Suite("Who may sign in")
struct LoopbackTests {
    private static let paths = [
        (HTTPRequest.Method.get, "/auth/authorize"), (.get, "/auth/callback?state=s&code=c"), (.post, "/auth/settoken"),
    ]

    @Test("A request from nobody knows where is 403", arguments: paths)
    func noAddress(method: HTTPRequest.Method, path: String) async throws {
        let bench = WebBench()
        // Without a connection there is no address that it comes from.
        try await bench.test(.router) { client in
            let answer = try await client.send(method, path, body: method == .post ? "refresh_token=5f8d0c1e" : nil)
            #expect(answer.status == .forbidden)
            let text =
                "Signing in works from the machine that the exporter runs on; from another one, through an SSH tunnel to this port.\n"
            #expect(answer.text == text)
        }
        #expect(bench.desk.events.isEmpty)
        #expect(bench.desk.performed.isEmpty)
    }

    @Test(
        "A forwarded request is 403, wherever the proxy runs",
        arguments: ["Forwarded", "X-Forwarded-For", "x-forwarded-for", "X-Real-IP", "Via"], paths)
    func forwarded(header: String, request: (method: HTTPRequest.Method, path: String)) async throws {
        let bench = WebBench()
        try await bench.test(.live) { client in
            let body = request.method == .post ? "refresh_token=5f8d0c1e" : nil
            let answer = try await client.send(request.method, request.path, headers: [header: "127.0.0.1"], body: body)
            #expect(answer.status == .forbidden)
        }
        #expect(bench.desk.performed.isEmpty)
    }
}
