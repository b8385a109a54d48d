import Netatmo
import Testing
import TestSupport

@testable import Exporter

@Suite("What a user pastes to sign in")
struct PastedSignInTests {
    private static let token = "5f8d0c1e2b3a4c5d|9a8b7c6d5e4f"

    @Test(
        "A refresh token, with blanks and line feeds around it or from a terminal's line break",
        arguments: [
            token, "  \(token)\n", "\t\(token)\r\n\r\n", "\u{a0}\(token) ", "5f8d0c1e2b3a4c5d\n|9a8b7c6d5e4f",
            "5f8d0c1e2b3a4c5d\r\n|9a8b7c6d5e4f",
        ]
    )
    func refreshToken(text: String) throws {
        #expect(try PastedSignIn(text) == .refreshToken(SampleTokens.secret(Self.token)))
    }

    @Test("A text longer than any address is refused without being read")
    func tooLong() {
        let text = "http://h/?state=s-1&code=c&x=" + String(repeating: "a", count: 16_384)
        #expect(throws: SignInError.unreadable) { try PastedSignIn(text) }
    }

    @Test("An accent behind a mark of the address neither hides the query nor joins the code")
    func accents() throws {
        let expected = AuthorizationAnswer(query: "\u{301}x=1&state=s-1&code=c"[...])
        guard case .redirect(let answer) = try PastedSignIn("http://h/?\u{301}x=1&state=s-1&code=c#\u{301}y") else {
            Issue.record("no redirect")
            return
        }
        #expect(answer == expected)
    }

    @Test(
        "The address that the browser ended on",
        arguments: [
            "http://127.0.0.1:9210/auth/callback?state=s-1&code=c%7C1",
            " http://127.0.0.1:9210/auth/callback?code=c%7C1&state=s-1 \n",
            "https://weather.example.org/auth/callback?state=s-1&code=c%7C1#fragment",
            "http://127.0.0.1:9210/auth/callb\nack?state=s-1&co\r\nde=c%7C1",
            "http://localhost:9210/auth/callback?state=s-1&code=c%7C1&code=other",
        ]
    )
    func address(text: String) throws {
        guard case .redirect(let answer) = try PastedSignIn(text) else {
            Issue.record("no redirect")
            return
        }
        #expect(answer.state == SampleTokens.secret("s-1"))
        #expect(answer.result == .code(SampleTokens.secret("c|1")))
    }

    @Test("The address after a refusal")
    func denied() throws {
        guard case .redirect(let answer) = try PastedSignIn("http://127.0.0.1:9210/auth/callback?error=access_denied&state=s-1") else {
            Issue.record("no redirect")
            return
        }
        #expect(answer.result == .denied("access_denied"))
    }

    @Test(
        "Rubbish is refused",
        arguments: [
            "", " ", "\n", "short", "fifteen-letters", "two words that are no token", "http://127.0.0.1:9210/auth/callback",
            "http://127.0.0.1:9210/auth/callback?", "http://127.0.0.1:9210/auth/callback?state=s-1", "ftp://127.0.0.1/?code=1234567890",
            "http://127.0.0.1:9210/auth/callback?state=s-1&code=", "http://127.0.0.1:9210/auth/callback?code=%zz&state=s-1",
            "token-with-ünïcode-letters", "\"5f8d0c1e2b3a4c5d\" : \"9a8b7c6d5e4f\"", String(repeating: "a", count: 1025),
            "see http://127.0.0.1:9210/?code=c&state=s", "http://h/?code=" + String(repeating: "a", count: 9000),
            "5f8d0c1e2b3a4c5d\u{1b}[0m9a8b7c6d5e4f",
        ]
    )
    func rubbish(text: String) {
        #expect(throws: SignInError.unreadable) { try PastedSignIn(text) }
    }
}
