import Foundation
import HTTPTypes
import HummingbirdTesting
import Synchronization
import TestSupport
import Testing

@testable import EngineAPI
@testable import OperatingSystem
@testable import Server
@testable import WebSecurity

@Suite("Who may ask")
struct AccessTests {
    private let bench: WebBench

    init() throws {
        bench = WebBench(protection: try WebFolder(tls: nil, users: PasswordTests.hashes).protection())
        bench.fill()
    }

    private static func basic(_ text: String) -> [String: String] {
        ["Authorization": "Basic " + Data(text.utf8).base64EncodedString()]
    }

    @Test(
        "Without a user's password every path is refused, also one that there is not",
        arguments: ExporterPath.allCases.map(\.rawValue) + ["/nothing"])
    func refused(path: String) async throws {
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, path)
            #expect(answer.status == .unauthorized)
            #expect(answer.headers[.wwwAuthenticate] == #"Basic realm="netatmo-dashboard", charset="UTF-8""#)
            #expect(answer.text == "This exporter wants a user and a password.\n")
            #expect(answer.headers[.cacheControl] == "no-store")
        }
    }

    @Test("With it all is as ever, at the first request and at the next")
    func right() async throws {
        try await bench.test(.live) { client in
            for _ in 0..<2 {
                let metrics = try await client.send(.get, "/metrics", headers: Self.basic("prometheus:secret"))
                #expect(metrics.text.contains("netatmo_up 1\n"))
                #expect(try await client.send(.get, "/healthz", headers: Self.basic("me:other")).status == .ok)
                #expect(try await client.send(.get, "/nothing", headers: Self.basic("me:other")).status == .notFound)
            }
        }
    }

    @Test(
        "A password takes nothing from whoever is on this machine: signing in needs no one-time key, at the first request and at the next")
    func signIn() async throws {
        try await bench.test(.live) { client in
            for _ in 0..<2 {
                let answer = try await client.send(.get, "/auth/authorize", headers: Self.basic("me:other"))
                #expect(answer.status == .found)
            }
        }
    }

    @Test("A connection whose user's hash changes is refused from then on")
    func changed() async throws {
        let web = try WebFolder(tls: nil, users: PasswordTests.hashes)
        let protection = try web.protection()
        try await WebBench(protection: protection).test(.live) { client in
            let connection = try RawConnection(port: try #require(client.port))
            let field = "Authorization: Basic \(Data("me:other".utf8).base64EncodedString())"
            for status in [200, 200, 200, 401] {
                if status == 401 {
                    try web.configure(tls: nil, users: ["me": try #require(PasswordTests.hashes["prometheus"])])
                    try protection.readAgain()
                }
                connection.send("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\(field)\r\n\r\n")
                #expect(await connection.read(upTo: "\r\n\r\n").hasPrefix("HTTP/1.1 \(status) "))
            }
        }
    }

    @Test("A form is held until its user is known", arguments: [("me:other", 403), ("me:secret", 401)])
    func form(user: String, status: Int) async throws {
        try await bench.test(.live) { client in
            let body = "refresh_token=x&form_token=" + String(repeating: "y", count: 5000)
            let answer = try await client.send(.post, "/auth/settoken", headers: Self.basic(user), body: body)
            #expect(answer.status.code == status)
            #expect(try await client.send(.get, "/healthz", headers: Self.basic("me:other")).status == .ok, "nothing is left of it")
        }
    }

    @Test(
        "What is wrong is refused, and its user told nowhere",
        arguments: ["me:secret", "nobody:other", "prometheus:", "hunter2", "prometheus:secret:"])
    func wrong(credentials: String) async throws {
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, "/metrics", headers: Self.basic(credentials))
            #expect(answer.status == .unauthorized)
            #expect(answer.text == "The user or the password is wrong.\n")
        }
        #expect(bench.log.lines.contains("warning http refused: a wrong user or password, from 127.0.0.1 [:]"))
        #expect(!bench.log.lines.contains { $0.contains("hunter2") || $0.contains("nobody") || $0.contains("secret") })
    }

    @Test("Two fields are none")
    func twice() async throws {
        try await bench.test(.live) { client in
            let connection = try RawConnection(port: try #require(client.port))
            let field = "Authorization: Basic \(Data("me:other".utf8).base64EncodedString())\r\n"
            connection.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\(field)\(field)Connection: close\r\n\r\n")
            #expect(await connection.read().hasPrefix("HTTP/1.1 401 "))
        }
    }

    @Test("Refusals make a line a minute in the log, which counts the rest; who brings no password makes none")
    func log() async throws {
        try await bench.test(.live) { client in
            for _ in 0..<3 { _ = try await client.send(.get, "/metrics") }
            for _ in 0..<3 { _ = try await client.send(.get, "/metrics", headers: Self.basic("me:wrong")) }
            bench.desk.clock.advance(by: .seconds(60))
            _ = try await client.send(.get, "/metrics", headers: Self.basic("me:wrong"))
        }
        #expect(
            bench.log.lines.filter { $0.hasPrefix("warning") } == [
                "warning http refused: a wrong user or password, from 127.0.0.1 [:]",
                "warning http refused: a wrong user or password, from 127.0.0.1; 2 more since the last such line [:]",
            ])
    }

    @Test("HEAD is refused without a body, and the connection goes on")
    func head() async throws {
        try await bench.test(.live) { client in
            let connection = try RawConnection(port: try #require(client.port))
            connection.send(
                "HEAD /metrics HTTP/1.1\r\nHost: localhost\r\n\r\nGET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            let answers = await connection.read().components(separatedBy: "HTTP/1.1 401 Unauthorized\r\n")
            #expect(answers.count == 3)
            #expect(answers[1].hasSuffix("\r\n\r\n"))
            #expect(answers[2].hasSuffix("\r\n\r\nThis exporter wants a user and a password.\n"))
        }
    }

    @Test("Where too many passwords wait, the next one is told to come again; known ones pass all the same")
    func busy() async throws {
        let gate = OpenableGate()
        let web = try WebFolder(tls: nil, users: PasswordTests.hashes)
        let protection = try WebProtection(path: web.path) { users in
            PasswordDesk(users: users, matches: { password, _ in password.reveal() == "secret" }, enqueue: gate.enqueue)
        }
        let bench = WebBench(protection: protection)
        bench.fill()
        gate.open()
        try await bench.test(.live) { client in
            #expect(try await client.send(.get, "/healthz", headers: Self.basic("me:secret")).status == .ok)
            gate.close()
            let port = try #require(client.port)
            let waiting = try (0..<4).map { _ in try RawConnection(port: port) }
            for connection in waiting {
                connection.send(
                    "GET /healthz HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic bWU6d3Jvbmc=\r\nConnection: close\r\n\r\n")
            }
            _ = try await until("all to wait") { gate.count == 4 ? true : nil }
            let fifth = try RawConnection(port: port)
            let field = "Authorization: Basic \(Data("prometheus:secret".utf8).base64EncodedString())\r\n"
            fifth.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\(field)Connection: close\r\n\r\n")
            let answer = await fifth.read()
            #expect(answer.hasPrefix("HTTP/1.1 429 Too Many Requests\r\n"))
            #expect(answer.contains("\r\nRetry-After: 1\r\n"))
            #expect(try await client.send(.get, "/healthz", headers: Self.basic("me:secret")).status == .ok)
            gate.open()
            for connection in waiting { #expect(await connection.read().hasPrefix("HTTP/1.1 401 ")) }
            #expect(try await client.send(.get, "/healthz", headers: Self.basic("prometheus:secret")).status == .ok)
        }
    }

    /// Holds work back while it is closed.
    private final class OpenableGate: Sendable {
        private let state = Mutex<(isOpen: Bool, work: [@Sendable () -> Void])>((false, []))
        var count: Int { state.withLock { $0.work.count } }

        func open() {
            for work in state.withLock({ state in
                defer { state = (true, []) }
                return state.work
            }) { work() }
        }

        func close() { state.withLock { $0.isOpen = false } }

        func enqueue(_ work: @escaping @Sendable () -> Void) {
            let isOpen = state.withLock { state in
                if !state.isOpen { state.work.append(work) }
                return state.isOpen
            }
            if isOpen { work() }
        }
    }
}
