import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import PrometheusMetrics
@testable import Server
@testable import OperatingSystem

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
        guard path != "/auth/authorize" || method != .post else { return }
        let bench = WebBench()
        try await bench.test(.live) { client in
            let answer = try await client.send(method, path, body: "")
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow] == ["/auth/callback": "GET", "/auth/authorize": "GET, POST"][path] ?? "GET, HEAD")
            #expect(answer.text.hasPrefix("\(path) takes GET"))
        }
        #expect(bench.desk.events.isEmpty)
    }

    @Test(
        "The pages lead to paths of the table alone, by methods that those take",
        arguments: ["/", "/auth/authorize", "/auth/authorize?key=k"])
    func links(page: String) async throws {
        let bench = WebBench()
        let methods = Dictionary(uniqueKeysWithValues: bench.router.routes.map { ($0.path.rawValue, $0.methods) })
        try await bench.test(.live) { client in
            let html = try await client.send(.get, page, headers: ["Via": "1.1 proxy"]).text
            let links = html.matches(of: /(?:href|src)="(\/[^"]*)"/).map { (HTTPRequest.Method.get, String($0.1)) }
            let forms = html.matches(of: /method="post" action="([^"]*)"/).map { (HTTPRequest.Method.post, String($0.1)) }
            #expect(links.count >= 1 && forms.count >= 1)
            for (method, path) in links + forms { #expect(methods[path]?.contains(method) == true, "\(method) \(path)") }
        }
    }

    @Test("Each path is in the table once, those for debugging with their option alone", arguments: [false, true])
    func table(debugHandlers: Bool) {
        let paths = WebBench(debugHandlers: debugHandlers).router.routes.map(\.path)
        let expected = ExporterPath.allCases.filter { debugHandlers || $0.purpose != .debugging }
        #expect(paths.count == expected.count && Set(paths) == Set(expected))
    }

    @Test(
        "A path that is not served is 404 by each method", arguments: ["/debug/data", "/debug/token"],
        [HTTPRequest.Method.get, .head, .post, .put])
    func unserved(path: String, method: HTTPRequest.Method) async throws {
        try await WebBench().test(.live) { client in
            let answer = try await client.send(method, path, body: method == .post ? "" : nil)
            #expect(answer.status == .notFound)
            #expect(answer.headers[.allow] == nil)
        }
    }

    /// Texts that the router would take for the same path.
    private static let spellings = [
        "/auth/NAME", "//auth/NAME", "/auth//NAME", "/auth/NAME/", "///auth///NAME///", "/./auth/NAME", "/auth%2FNAME", "/%61uth/NAME",
    ]

    @Test("HEAD never does what GET does below /auth, however its slashes are written", arguments: spellings, ["", "/my/netatmo"])
    func head(spelling: String, prefix: String) async throws {
        let bench = WebBench(externalURL: "http://localhost/my/netatmo")
        let (key, state) = (try #require(await bench.desk.desk.issueKey()), try await bench.desk.begin().reveal())
        let before = bench.desk.status
        try await bench.test(.live) { client in
            for (name, query) in [
                ("authorize", ""), ("authorize", "?key=\(key.reveal())"), ("callback", "?state=\(state)&code=c"), ("settoken", ""),
            ] {
                let answer = try await client.send(.head, prefix + spelling.replacing("NAME", with: name) + query)
                #expect(answer.status == .methodNotAllowed || answer.status == .notFound)
                #expect(answer.headers[.setCookie] == nil && answer.headers[.location] == nil)
            }
        }
        #expect(bench.desk.events.isEmpty)
        #expect(bench.desk.performed.isEmpty)
        #expect(bench.desk.status == before)
        #expect(await bench.desk.desk.redeem(key: key))
    }

    @Test("An answer to HEAD has no body, whatever it says", arguments: ["/", "/nothing", "/auth/authorize", "/auth/settoken", "/healthz"])
    func headAlone(path: String) async throws {
        try await WebBench().test(.live) { client in
            let connection = try RawConnection(port: try #require(client.port))
            connection.send("HEAD \(path) HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let answers = await connection.read(upTo: "\r\n\r\nok\n").components(separatedBy: "\r\n\r\n")
            #expect(answers.count == 3)
            #expect(answers.dropFirst().first?.hasPrefix("HTTP/1.1 200 OK\r\n") == true)
        }
    }

    @Test("A path is one and the same with slashes doubled or at its end, for each method", arguments: ExporterPath.allCases)
    func slashes(path: ExporterPath) async throws {
        let bench = WebBench(debugHandlers: true)
        bench.fill()
        let doubled = path.rawValue.replacing("/", with: "//")
        let methods = try #require(bench.router.routes.first { $0.path == path }).methods
        try await bench.test(.live) { client in
            for spelling in [path.rawValue, doubled, path.rawValue + "/"] {
                for method in [HTTPRequest.Method.get, .head, .post, .put] {
                    let answer = try await client.send(method, spelling, body: method == .post ? "" : nil)
                    #expect((answer.status == .methodNotAllowed) == !methods.contains(method), "\(method) \(spelling)")
                    if answer.status == .methodNotAllowed {
                        #expect(answer.headers[.allow] == methods.map(\.rawValue).joined(separator: ", "))
                    }
                    #expect(answer.status != .notFound, "\(method) \(spelling)")
                }
            }
        }
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
