import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Server

@Suite("Who can reach the exporter")
struct ReachTests {
    private func reach(
        _ address: String, externalURL: String? = nil, debugHandlers: Bool = false, demand: String? = nil
    ) throws -> String {
        ExporterConfiguration(
            address: try #require(ListenAddress(address)), externalURL: externalURL, apiURL: "http://127.0.0.1:1",
            credentials: SampleTokens.credentials, refreshInterval: .seconds(480), staleAge: .seconds(3600), debugHandlers: debugHandlers,
            renewExpired: false, build: BuildInformation(version: "1", commit: "1")
        ).reach(port: 9210, demand: demand)
    }

    private static let readable = "can read /, /module, /metrics, /api/status, /version, /healthz and /readyz; "
    private static let trusting = "signing in takes a one-time key, but from this machine itself"

    @Test(
        "is said by where it listens",
        arguments: [
            (":9210", "anyone who reaches port 9210 of this machine"), ("0.0.0.0:0", "anyone who reaches port 9210 of this machine"),
            ("[::]:9210", "anyone who reaches port 9210 of this machine"),
            ("127.0.0.1:9210", "this machine alone, and whomever a proxy on it serves,"),
            ("[::1]:9210", "this machine alone, and whomever a proxy on it serves,"),
            ("localhost:9210", "this machine alone, and whomever a proxy on it serves,"),
        ]
    )
    func listening(address: String, expected: String) throws {
        #expect(try reach(address) == "\(expected) \(Self.readable)\(Self.trusting)")
        #expect(try reach(address, externalURL: "http://localhost:9210") == "\(expected) \(Self.readable)\(Self.trusting)")
    }

    @Test("is said by the address, where it listens on that alone: this machine itself comes from there as others do")
    func oneAddress() throws {
        #expect(try reach("192.0.2.7:0") == "anyone who reaches 192.0.2.7:9210 \(Self.readable)signing in takes a one-time key")
    }

    @Test("is said by name, where other machines come by one: then nobody is trusted for where he is")
    func external() throws {
        #expect(try reach("127.0.0.1:9210", externalURL: "https://example.org/x").hasSuffix("; signing in takes a one-time key"))
        #expect(try reach(":9210", externalURL: "http://a.localhost").hasSuffix("; signing in takes a one-time key"))
    }

    @Test("says what it takes beside the address")
    func demand() throws {
        let demand = "with a user's password"
        #expect(try reach(":9210", demand: demand).hasPrefix("anyone who reaches port 9210 of this machine \(demand) can read /, "))
        #expect(try reach("127.0.0.1:9210", demand: demand).contains("whomever a proxy on it serves, \(demand) can read /, "))
    }

    @Test("names the debug pages where they are served")
    func debug() throws {
        #expect(try reach(":9210", debugHandlers: true).contains(", /readyz, /debug/data and /debug/token;"))
    }
}
