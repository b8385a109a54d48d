import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("What strangers leave behind")
struct RefusalLogTests {
    private let bench = WebBench()
    private static let stranger = ["X-Forwarded-For": "203.0.113.7"]

    private var refusals: [String] { bench.log.lines.filter { $0.contains("sign-in refused") }.map { $0.replacing(" [:]", with: "") } }

    @Test("They make no history, and a log line a minute at most, which counts the rest")
    func flood() async throws {
        try await bench.test(.live) { client in
            for _ in 0..<20 {
                _ = try await client.send(.get, "/auth/authorize", headers: Self.stranger)
                _ = try await client.send(.post, "/auth/authorize", headers: Self.stranger, body: "key=wrong")
                _ = try await client.send(.post, "/auth/settoken", headers: Self.stranger, body: "refresh_token=x")
                _ = try await client.send(.post, "/auth/settoken", headers: Self.stranger, body: "refresh_token=x&key=wrong")
                _ = try await client.send(.get, "/auth/callback?state=wrong&code=c", headers: Self.stranger)
                _ = try await client.send(.get, "/auth/callback?nothing", headers: Self.stranger)
                _ = try await client.send(.post, "/auth/settoken", body: "refresh_token=x&form_token=wrong")
            }
            #expect(refusals == ["warning token sign-in refused: no one-time key, from 127.0.0.1"])
            bench.desk.clock.advance(by: .seconds(59))
            _ = try await client.send(.get, "/auth/authorize", headers: Self.stranger)
            #expect(refusals.count == 1)
            bench.desk.clock.advance(by: .seconds(1))
            _ = try await client.send(.post, "/auth/authorize", headers: Self.stranger, body: "key=wrong")
            #expect(
                refusals.last
                    == "warning token sign-in refused: a one-time key that is wrong, used or too old, from 127.0.0.1; 140 more since the last such line"
            )
            bench.desk.clock.advance(by: .seconds(60))
            _ = try await client.send(.get, "/auth/callback?nothing", headers: Self.stranger)
            #expect(refusals.last == "warning token sign-in refused: an answer that belongs to no sign-in under way, from 127.0.0.1")
        }
        #expect(bench.desk.events.isEmpty)
        #expect(bench.desk.status == .idle)
        #expect(bench.desk.performed.isEmpty)
        #expect(bench.log.lines.filter { $0.hasPrefix("debug http") && $0.contains("/auth/") }.count == 3, "one a minute there as well")
    }

    @Test("A clock that was set back does not silence the log")
    func setBack() async throws {
        try await bench.test(.live) { client in
            _ = try await client.send(.get, "/auth/authorize", headers: Self.stranger)
            bench.desk.clock.advance(by: .seconds(-3600))
            _ = try await client.send(.get, "/auth/authorize", headers: Self.stranger)
        }
        #expect(refusals.count == 2)
    }

    @Test("Browsers that begin and end nothing do not push out the sign-in that is under way, and say so once")
    func sixtyFour() async throws {
        try await bench.test(.live) { client in
            let (state, cookie) = try await bench.desk.sendBrowser()
            var statuses: [Int] = []
            for _ in 0..<200 { statuses.append(Int(try await client.send(.get, "/auth/authorize").status.code)) }
            #expect(statuses == Array(repeating: 302, count: 63) + Array(repeating: 429, count: 137))
            let full = try await client.send(.get, "/auth/authorize")
            #expect(full.headers[.retryAfter] == "600")
            #expect(full.text == "Too many sign-ins were begun and not ended: try again in ten minutes, or with a one-time key.\n")
            #expect(refusals.count == 1)
            #expect(bench.desk.events == [.signInStarted], "a line of history a minute")
            let key = try #require(await bench.desk.desk.issueKey()).reveal()
            #expect(try await client.send(.post, "/auth/authorize", body: "key=\(key)").status == .found, "a key still works")
            let headers = ["Cookie": "netatmo_dashboard_sign_in=\(cookie.reveal())"]
            let end = try await client.send(.get, "/auth/callback?state=\(state.reveal())&code=c", headers: headers)
            #expect(end.status == .found)
        }
        #expect(bench.desk.performed.count == 1)
    }
}
