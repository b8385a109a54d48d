import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

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
        #expect(throws: SignInError.unreadable(.tooLong)) { try PastedSignIn(text) }
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
        "Rubbish is refused, and what is wrong with it is said",
        arguments: [
            ("", PasteProblem.empty), (" ", .empty), ("\n", .empty), ("short", .tooShort), ("fifteen-letters", .tooShort),
            ("two words that are no token", .blanks), ("\"5f8d0c1e2b3a4c5d\" : \"9a8b7c6d5e4f\"", .blanks),
            ("see http://127.0.0.1:9210/?code=c&state=s", .blanks), ("http://127.0.0.1:9210/?code =c", .blanks),
            ("ftp://127.0.0.1/?code=1234567890", .incompleteAddress), ("code=1234567890123456&state=s-1", .incompleteAddress),
            ("http://127.0.0.1:9210/auth/callback", .noAnswer(host: "127.0.0.1")),
            ("http://127.0.0.1:9210/auth/callback?", .noAnswer(host: "127.0.0.1")),
            ("http://127.0.0.1:9210/auth/callback?state=s-1", .noAnswer(host: "127.0.0.1")),
            ("http://127.0.0.1:9210/auth/callback?state=s-1&code=", .noAnswer(host: "127.0.0.1")),
            ("https://www.example.org/?page=1", .noAnswer(host: "www.example.org")), ("http://", .noAnswer(host: nil)),
            ("http://127.0.0.1:9210/auth/authorize?key=0123456789abcdefghijkl", .beginning),
            ("https://api.netatmo.com/oauth2/authorize?client_id=5f00&state=s-1", .beginning),
            ("token-with-ünïcode-letters", .foreignCharacters), ("5f8d0c1e2b3a4c5d\u{1b}[0m9a8b7c6d5e4f", .foreignCharacters),
            (String(repeating: "a", count: 1025), .tooLong),
            ("http://h/?code=" + String(repeating: "a", count: 9000), .noAnswer(host: "h")),
        ]
    )
    func rubbish(text: String, problem: PasteProblem) {
        #expect(throws: SignInError.unreadable(problem)) { try PastedSignIn(text) }
        #expect(problem.description.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "one line")
    }

    @Test("A query that can't be read is no answer")
    func unreadableQuery() {
        #expect(throws: SignInError.self) { try PastedSignIn("http://127.0.0.1:9210/auth/callback?code=%zz&state=s-1") }
    }

    @Test("A host that is told is one of plain letters")
    func hostileHost() {
        #expect {
            try PastedSignIn("http://\u{202e}gro.elpmaxe/")
        } throws: { error in
            "\(error)".unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) }
        }
    }
}
