import Testing

@testable import Homes
@testable import Netatmo

@Suite("What an error says")
struct NetatmoErrorTests {
    @Test(
        "A message from outside becomes one harmless line",
        arguments: [
            ("plain", "plain"), ("  two \n\n lines\r\n", "two lines"), ("a\tb\u{0}c\u{7}", "a b\u{FFFD}c\u{FFFD}"),
            ("\u{1B}[31mred\u{1B}[0m", "\u{FFFD}[31mred\u{FFFD}[0m"), ("\u{9B}2J", "\u{FFFD}2J"),
            ("a\u{202E}b\u{2066}c\u{200F}d\u{61C}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}"), ("a\u{2028}b\u{2029}c\u{85}d", "a b c d"),
            ("a\u{FEFF}\u{200B}b", "a b"),
            ("a\u{A0}\u{3000}b", "a b"), ("\u{7F}", "\u{FFFD}"), ("\u{A0}\r", ""), ("", ""), ("żółw 😀 ﷽", "żółw 😀 ﷽"),
            (#""quotes\""#, #""quotes\""#),
        ]
    )
    func oneLine(text: String, expected: String) {
        #expect(NetatmoError(.refused, message: text).message == expected)
    }

    @Test("A message of 10,000 characters is cut to 200, a code to 40")
    func cut() {
        let long = String(repeating: "x", count: 10_000)
        #expect(NetatmoError(.refused, message: long).message == String(long.prefix(200)))
        #expect(NetatmoError(.refused, code: long).code == String(long.prefix(40)))
        let accents = "e" + String(repeating: "\u{301}", count: 10_000)
        #expect((NetatmoError(.refused, message: accents).message?.unicodeScalars.count ?? .max) <= 800)
    }

    @Test("A wait is between nothing and an hour")
    func retryAfter() {
        #expect(NetatmoError(.busy, retryAfter: .seconds(-1)).retryAfter == .zero)
        #expect(NetatmoError(.busy, retryAfter: .seconds(86_400)).retryAfter == .seconds(3600))
        #expect(NetatmoError(.busy, retryAfter: .seconds(5)).retryAfter == .seconds(5))
    }

    @Test(
        "Its description names the kind, the status, the code and the message, as far as there are such",
        arguments: [
            (NetatmoError(.timeout), "no answer in time"),
            (NetatmoError(.network, message: "Connection refused"), "no connection (Connection refused)"),
            (NetatmoError(.outage, status: 503), "NetAtmo is out of order (HTTP 503)"),
            (
                NetatmoError(.unauthorized, status: 403, code: "2", message: "Invalid access token"),
                "access token refused (HTTP 403, code 2: Invalid access token)"
            ),
            (NetatmoError(.invalidGrant, code: "invalid_grant"), "refresh token or code refused (code invalid_grant)"),
            (NetatmoError(.refused, message: "\n"), "refused"),
            (
                NetatmoError(.invalidClient, status: 400, code: "invalid_client"),
                "client id or secret is wrong (HTTP 400, code invalid_client)"
            ),
            (
                NetatmoError(.wrongScope, status: 403, code: "13", message: "scope"),
                "the token lacks a right, sign in again (HTTP 403, code 13: scope)"
            ),
        ]
    )
    func description(error: NetatmoError, expected: String) {
        #expect(error.description == expected)
    }

    @Test("Each kind has words of its own", arguments: NetatmoError.Kind.allCases)
    func words(kind: NetatmoError.Kind) {
        #expect(!kind.words.isEmpty)
        #expect(NetatmoError.Kind.allCases.count { $0.words == kind.words } == 1)
    }
}
