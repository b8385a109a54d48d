import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import PrometheusMetrics
@testable import Server

@Suite("Connections")
struct ConnectionTests {
    private let bench = WebBench()

    /// Sends a text as it is, and returns all that comes back until the connection is closed.
    private func exchange(_ text: String) async throws -> String {
        try await bench.test(.live) { client in
            let connection = try RawConnection(port: try #require(client.port))
            connection.send(text)
            return await connection.read()
        }
    }

    @Test(
        "What is no HTTP is answered with 400, and closed",
        arguments: [
            "rubbish\r\n\r\n", "\u{16}\u{3}\u{1}\0\u{A}", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "GET / HTTP/1.1\r\n:x\r\n\r\n",
        ]
    )
    func noHTTP(text: String) async throws {
        let answer = try await exchange(text)
        #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        #expect(answer.hasSuffix("\r\n\r\nThat is no HTTP request.\n"))
        #expect(answer.contains("X-Content-Type-Options: nosniff\r\n"))
    }

    @Test("A header that is too large is 431, in one field, in many, or in the path", arguments: ["field", "fields", "path"])
    func largeHeader(kind: String) async throws {
        let fields = (0..<90).map { "X-\($0): \(String(repeating: "a", count: 300))\r\n" }.joined()
        let text = [
            "field": "GET / HTTP/1.1\r\nX: \(String(repeating: "a", count: 20_000))\r\n\r\n", "fields": "GET / HTTP/1.1\r\n\(fields)\r\n",
        ]
        let answer = try await exchange(text[kind] ?? "GET /\(String(repeating: "a", count: 200_000)) HTTP/1.1\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 431 ") || (kind == "path" && answer.hasPrefix("HTTP/1.1 4")), "\(answer.prefix(80))")
    }

    @Test("A body that is too large is 413 before it comes")
    func largeBody() async throws {
        let answer = try await exchange("POST /auth/settoken HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8193\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 413 "))
        #expect(answer.hasSuffix("The request's body is larger than 8 KiB.\n"))
    }

    @Test("So is one that comes in pieces, as soon as it is too large")
    func largeChunkedBody() async throws {
        let chunk = "4000\r\n\(String(repeating: "a", count: 0x4000))\r\n"
        let answer = try await exchange(
            "POST /auth/settoken HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n\(chunk)\(chunk)\(chunk)")
        #expect(answer.hasPrefix("HTTP/1.1 413 "))
        #expect(bench.desk.performed.isEmpty)
    }

    @Test(
        "One host, and a path of ours: anything else is 400",
        arguments: [
            "GET /metrics HTTP/1.1\r\n\r\n", "GET /metrics HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
            "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        ]
    )
    func hosts(text: String) async throws {
        #expect(try await exchange(text).hasPrefix("HTTP/1.1 400 "))
    }

    @Test(
        "Who wants the connection closed after the answer gets it closed, on every path",
        arguments: ["/metrics", "/version", "/healthz", "/nothing"], ["1.0", "close", "Close", "close, te"]
    )
    func closes(path: String, wish: String) async throws {
        let field = wish == "1.0" ? "" : "Connection: \(wish)\r\n"
        let answer = try await exchange("GET \(path) HTTP/\(wish == "1.0" ? "1.0" : "1.1")\r\nHost: localhost\r\n\(field)\r\n")
        #expect(answer.contains("Connection: close\r\n"))
    }

    @Test(
        "A wish for another protocol is answered as if it were none, and the connection closed",
        arguments: ["/metrics", "/version"],
        [
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n", "Upgrade: h2c\r\n", "Connection: upgrade\r\n",
            "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n", "connection: keep-alive, UPGRADE\r\nupgrade: TLS/1.2\r\n",
        ]
    )
    func upgrades(path: String, fields: String) async throws {
        let answer = try await exchange("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.contains("Connection: close\r\n"))
        #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2, "one answer, and nothing to what follows")
        #expect(!answer.hasSuffix(RawConnection.silence))
    }

    @Test("A tunnel is refused, and the connection closed")
    func tunnel() async throws {
        let answer = try await exchange("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 400 "))
        #expect(!answer.hasSuffix(RawConnection.silence))
    }

    @Test(
        "Bytes behind the last request cost it nothing: it is answered whole, and then the connection is closed",
        arguments: ["/metrics", "/version", "/healthz", "/nothing"],
        ["rubbish\r\n\r\n", "\0", "GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n", String(repeating: "a", count: 300_000)]
    )
    func bytesBehind(path: String, rest: String) async throws {
        try await bench.test(.live) { client in
            let raw = try RawConnection(port: try #require(client.port))
            let request = "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            // Patience for a busy machine: only a server that takes nothing any more stalls for so long.
            let sent = await raw.sendUntilItStalls(request + rest, limit: request.utf8.count + rest.utf8.count, patience: .seconds(10))
            #expect(sent == request.utf8.count + rest.utf8.count, "what is of no use is taken nevertheless, or the client would hang")
            let answer = await raw.read()
            #expect(answer.hasPrefix("HTTP/1.1 \(path == "/nothing" ? 404 : 200) "))
            let parts = answer.components(separatedBy: "\r\n\r\n")
            let length = try #require(answer.firstMatch(of: /(?i)content-length: (\d+)/)?.1)
            #expect(parts.count == 2)
            #expect(Int(length) == parts.last?.utf8.count)
        }
    }

    @Test("What is no HTTP behind requests that are due does not cost them their answers")
    func rubbishBehind() async throws {
        let request = "GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n"
        let answer = try await exchange(request + request + "rubbish\r\n\r\n" + request)
        #expect(answer.matches(of: /HTTP\/1\.1 200 OK/).count == 2)
        #expect(answer.hasSuffix("That is no HTTP request.\n"))
        let body = "POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"
        let second = try await exchange(body + "rubbish\r\n\r\n")
        #expect(second.hasPrefix("HTTP/1.1 404 "))
        #expect(!second.hasSuffix(RawConnection.silence))
    }

    @Test("All that was asked ahead is answered, and what is said last is that no more comes", arguments: ["/metrics", "/version"])
    func pipelined(path: String) async throws {
        try await bench.test(.live) { client in
            let raw = try RawConnection(port: try #require(client.port))
            raw.send(String(repeating: "HEAD \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n", count: 500))
            raw.finish()
            let answer = await raw.read()
            #expect(answer.matches(of: /HTTP\/1\.1 200 OK/).count == 500)
            #expect(!answer.hasSuffix(RawConnection.silence))
        }
    }

    @Test("Who asks and takes nothing is no longer read from", arguments: ["/metrics", "/api/status"])
    func takesNothing(path: String) async throws {
        bench.fill()
        try await bench.test(.live) { client in
            let raw = try RawConnection(port: try #require(client.port))
            let request = "GET \(path) HTTP/1.1\r\nHost: localhost\r\nX-Filler: \(String(repeating: "a", count: 1000))\r\n\r\n"
            let limit = 16 << 20
            #expect(await raw.sendUntilItStalls(request, limit: limit) < limit)
        }
    }

    @Test("A client that closes late gets two seconds for it")
    func farewell() async throws {
        let bench = WebBench(limits: ConnectionLimits(patience: .hours(1), farewell: .milliseconds(100)))
        try await bench.test(.live) { client in
            let raw = try RawConnection(port: try #require(client.port))
            raw.send("GET /version HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            #expect(await raw.read().hasPrefix("HTTP/1.1 200 "))
            let reset = await raw.sendUntilItIsRefused()
            #expect(reset, "the other end has closed, and says so to who still sends")
        }
    }

    @Test("An answer before the end of a request does not confuse what follows")
    func earlyAnswer() async throws {
        try await bench.test(.live) { client in
            let raw = try RawConnection(port: try #require(client.port))
            raw.send("POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\na")
            #expect(await raw.read(upTo: "\r\n\r\n").hasPrefix("HTTP/1.1 404 "))
            raw.send("bcGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(await raw.read(upTo: "ok\n").hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("Header lines that repeat count as one")
    func repeatedFields() async throws {
        let answer = try await exchange(
            "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept: application/openmetrics-text\r\nConnection: close\r\n\r\n"
        )
        #expect(answer.contains("Content-Type: application/openmetrics-text;"))
    }

    @Test("A connection too many of a client is closed, and the others go on")
    func tooMany() async throws {
        let bench = WebBench(limits: ConnectionLimits(patience: .hours(1), connectionsPerClient: 4))
        try await bench.test(.live) { client in
            // The bench's own client connects by itself, sooner or later: one of the four is its.
            #expect(try await client.send(.get, "/healthz").status == .ok)
            let port = try #require(client.port)
            let connections = try (0..<4).map { _ in try RawConnection(port: port) }
            for connection in connections {
                connection.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            }
            var answers: [String] = []
            for connection in connections { answers.append(await connection.read(upTo: "ok\n")) }
            #expect(answers.count { $0.contains("200 OK") } == 3)
            #expect(answers.count { $0.isEmpty } == 1)
        }
    }

    @Test("Answers come in the order of the requests, whichever way each goes")
    func order() async throws {
        bench.fill()
        let paths = ["/metrics", "/version", "/metrics", "/nothing", "/metrics", "/healthz"]
        let requests = paths.map { "HEAD \($0) HTTP/1.1\r\nHost: localhost\r\n\r\n" }.joined()
        let answer = try await exchange(requests + "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        let types = answer.matches(of: /(?i)content-type: ([a-z\/]+)|HTTP\/1\.1 404/).map { $0.1.map(String.init) ?? "404" }
        let expected = ["text/plain", "application/json", "text/plain", "404", "text/plain", "text/plain", "text/plain"]
        #expect(types == expected)
        #expect(answer.hasSuffix("\n"))
        #expect(answer.contains("netatmo_up 1\n"))
    }

    @Test("HEAD of the metrics has the header of GET and no body, whether their text is kept or has to be made", arguments: [false, true])
    func head(isKept: Bool) async throws {
        bench.fill()
        if isKept { _ = bench.page.text(at: bench.desk.clock.now) }
        let head = try await exchange("HEAD /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        let get = try await exchange("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        #expect(head.hasSuffix("\r\n\r\n"))
        #expect(get.components(separatedBy: "\r\n\r\n").count == 2)
        let length = try #require(get.firstMatch(of: /Content-Length: (\d+)/)?.1)
        #expect(Int(length) == get.components(separatedBy: "\r\n\r\n")[1].utf8.count)
        // What is made goes through the application of the test, whose date is the machine's.
        #expect(!isKept || get.contains("Date: Mon, 23 Nov 2026 17:18:05 GMT\r\n"))
        #expect(get.contains("Content-Security-Policy: "))
        #expect(get.contains("Referrer-Policy: no-referrer\r\n"))
        #expect(!get.contains("no-store"))
    }

    @Test(
        "HTTP/1.0 is answered and closed, or kept where it asks", arguments: [("", "close"), ("Connection: keep-alive\r\n", "keep-alive")])
    func oldHTTP(field: String, connection: String) async throws {
        try await bench.test(.live) { client in
            let raw = try RawConnection(port: try #require(client.port))
            raw.send("GET /metrics HTTP/1.0\r\n\(field)\r\n")
            let answer = field.isEmpty ? await raw.read() : await raw.read(upTo: "process_virtual_memory_bytes ")
            #expect(answer.contains("Connection: \(connection)\r\n"))
        }
    }

    @Test("A client that says that it will send no more still gets its whole answer")
    func halfClosed() async throws {
        let modules = (0..<5000).map { (id: "02:\($0)", name: "Module \($0)") }
        let stations = SampleStations.stations(SampleStations.json(baseNamed: "Base", modules: modules))
        bench.store.publish(DataStatus(stations: stations, fetchedAt: SampleStations.now))
        try await bench.test(.live) { client in
            let raw = try RawConnection(port: try #require(client.port))
            raw.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
            raw.finish()
            let answer = await raw.read()
            let length = try #require(answer.firstMatch(of: /Content-Length: (\d+)/)?.1)
            #expect(Int(length) == answer.components(separatedBy: "\r\n\r\n")[1].utf8.count)
        }
    }

    @Test("A scrape is answered while 50 clients hang on in the midst of their requests")
    func slowClients() async throws {
        bench.fill()
        try await bench.test(.live) { client in
            let port = try #require(client.port)
            let slow = try (0..<50).map { _ in try RawConnection(port: port) }
            for connection in slow { connection.send("GET /metrics HTTP/1.1\r\nHost: loc") }
            let answer = try await client.send(.get, "/metrics")
            #expect(answer.text.contains("netatmo_up 1\n"))
            slow.last?.send("alhost\r\n\r\n")
            #expect(await slow.last?.read(upTo: "netatmo_up").contains("200 OK") == true, "slow is not wrong")
        }
    }
}
