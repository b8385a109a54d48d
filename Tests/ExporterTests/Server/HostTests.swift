import AsyncHTTPClient
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo
@testable import OperatingSystem

@Suite("Names that the exporter answers sign-ins by")
struct HostTests {
    private static let own = [
        "localhost", "LocalHost", "localhost:9210", "127.0.0.1", "127.0.0.1:9210", "[::1]", "[::1]:9210", "192.168.1.20",
        "192.168.1.20:9210", "[FD00::20]:9210", "weather.example", "Weather.EXAMPLE:443",
    ]
    private static let foreign = [
        "evil.example", "evil.example:9210", "localhost.evil.example", "127.0.0.1.evil.example", "weather.example.evil.example",
        "notlocalhost", "[evil.example]", "localhost:9210@evil.example", "localhost:x", "localhost:", "[::1]evil.example",
        "127.0.0.1:123456",
    ]

    /// Runs the web side while `body` asks for a path under a `Host`.
    private func test(
        _ bench: WebBench, host: String, _ body: @escaping @Sendable ((String) async throws -> Browser.Page) async throws -> Void
    ) async throws {
        try await bench.test(.live) { client in
            let port = try #require(client.port)
            try await HTTPClient.withHTTPClient(configuration: OutboundNetwork().clientConfiguration) { http in
                try await body { path in
                    try await Browser(client: http).get("http://127.0.0.1:\(port)\(path)", headers: [("Host", host)])
                }
            }
        }
    }

    @Test("localhost, an IP address and the host of the external URL pass, in any case, with a port and without", arguments: own)
    func passes(host: String) async throws {
        let bench = WebBench(debugHandlers: true, knownHosts: ["weather.example"])
        try await test(bench, host: host) { get in
            for path in ["/", "/auth/authorize", "/api/status", "/debug/token"] {
                let answer = try await get(path)
                #expect(answer.status != 421, "\(path)")
            }
        }
    }

    @Test("A foreign name is 421, and nothing is begun or ended", arguments: foreign)
    func misdirected(host: String) async throws {
        let bench = WebBench(debugHandlers: true, knownHosts: ["weather.example"])
        let (state, key) = (try await bench.desk.begin().reveal(), try #require(await bench.desk.desk.issueKey()).reveal())
        try await test(bench, host: host) { get in
            for path in [
                "/auth/authorize", "/auth/authorize?key=\(key)", "/auth/callback?state=\(state)&code=c", "/", "/api/status", "/debug/token",
            ] {
                let answer = try await get(path)
                #expect(answer.status == 421, "\(path)")
                #expect(
                    answer.body
                        == "This exporter is not known by that name; use localhost, its IP address, or start it with --external-url.\n")
            }
            for path in ["/metrics", "/version", "/healthz"] {
                #expect(try await get(path).status == 200, "who watches over it knows it by any name")
            }
        }
        #expect(bench.desk.events.isEmpty)
        #expect(bench.desk.performed.isEmpty)
    }

    @Test("The engine goes by its external URL")
    func externalURL() async throws {
        try await EngineBench.run(externalURL: "https://Weather.Example:8443/netatmo") { bench in
            let url = try await bench.url("/auth/authorize")
            for (host, status) in [("weather.example", 403), ("weather.example:8443", 403), ("evil.example", 421)] {
                #expect(try await bench.browser.get(url, headers: [("Host", host)]).status == status, "\(host)")
            }
        }
    }
}
