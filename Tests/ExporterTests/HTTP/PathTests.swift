import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing
import TestSupport

@testable import Exporter

@Suite("The paths of the exporter")
struct PathTests {
    private static let paths = [
        ("/", "text/html; charset=utf-8"), ("/metrics", "text/plain; version=0.0.4; charset=utf-8"), ("/version", "application/json"),
    ]

    @Test("Each known one answers, to GET and HEAD, from the router and over a connection", arguments: paths, ["router", "live"])
    func known(path: (name: String, contentType: String), setup: String) async throws {
        let bench = WebBench()
        bench.fill()
        try await bench.test(setup == "live" ? .live : .router) { client in
            let answer = try await client.send(.get, path.name)
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == path.contentType)
            #expect(answer.body.readableBytes > 0)
            let head = try await client.send(.head, path.name)
            #expect(head.status == .ok)
            #expect(head.headers[.contentType] == path.contentType)
            #expect(head.body.readableBytes == 0)
        }
    }

    @Test(
        "Everything else is 404",
        arguments: [
            "/index.html", "/metrics/x", "/Metrics", "/auth", "/auth/", "/auth/x", "/debug", "/debug/data", "/debug/token", "/favicon.ico",
            "/%2e%2e/etc/passwd", "/version.json",
        ]
    )
    func unknown(path: String) async throws {
        let bench = WebBench()
        bench.fill()
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, path)
            #expect(answer.status == .notFound)
            #expect(!answer.text.contains("<html"))
        }
    }

    @Test(
        "Other methods are refused",
        arguments: ["/", "/metrics", "/version", "/auth/authorize", "/auth/callback"], [HTTPRequest.Method.post, .put, .delete]
    )
    func methods(path: String, method: HTTPRequest.Method) async throws {
        let bench = WebBench()
        try await bench.test(.live) { client in
            let answer = try await client.send(method, path, body: "")
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow] == (path.hasPrefix("/auth") ? "GET" : "GET, HEAD"))
            #expect(answer.text.hasPrefix("\(path) takes GET"))
        }
        #expect(bench.desk.events.isEmpty)
    }

    @Test("/version is JSON of version and commit")
    func version() async throws {
        try await WebBench().test(.router) { client in
            let answer = try await client.send(.get, "/version")
            #expect(answer.text == #"{"commit":"abc1234","version":"1.2.3"}"# + "\n")
        }
    }

    @Test("/metrics answers before there is any data, and counts as a scrape")
    func metrics() async throws {
        let bench = WebBench()
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, "/metrics")
            #expect(answer.text.contains("\nnetatmo_up 0\n"))
            #expect(answer.text.contains("\nprocess_open_fds "))
            #expect(bench.store.lastScrape == SampleStations.now)
        }
    }

    @Test(
        "Pages tell browsers to keep, guess and run nothing",
        arguments: ["/", "/version", "/api/status", "/healthz", "/readyz", "/nothing", "/auth/callback", "/auth/settoken", "/style.css"]
    )
    func harmless(path: String) async throws {
        try await WebBench().test(.router) { client in
            let headers = try await client.send(.get, path).headers
            #expect(headers[.cacheControl] == "no-store")
            #expect(headers[.xContentTypeOptions] == "nosniff")
            #expect(headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
        }
    }

    @Test("Requests are logged by method, path and status, never with their query")
    func log() async throws {
        let bench = WebBench()
        try await bench.test(.live) { client in
            _ = try await client.send(.get, "/metrics?token=secret-1")
            _ = try await client.send(.get, "/auth/callback?code=secret-2&state=secret-3")
            _ = try await client.send(.get, "/nothing?secret-4")
        }
        for line in ["http GET /metrics 200", "http GET /auth/callback 400", "http GET /nothing 404"] {
            #expect(bench.log.lines.contains { $0.hasPrefix("debug \(line)") }, "\(line)")
        }
        #expect(!bench.log.lines.contains { $0.contains("secret-") })
    }
}
