import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI

@Suite("NetAtmo's answer to a sign-in")
struct AuthorizationAnswerTests {
    @Test(
        "A state, and a code or an error",
        arguments: [
            ("state=s&code=c", Optional("s"), AuthorizationAnswer.Result.code(SampleTokens.secret("c"))),
            ("code=c", nil, .code(SampleTokens.secret("c"))),
            ("state=&code=c", nil, .code(SampleTokens.secret("c"))),
            ("code=a%2Bb+c&state=s%20t", "s t", .code(SampleTokens.secret("a+b c"))),
            ("error=access_denied&state=s", "s", .denied("access_denied")),
            ("error=server_error&code=c&state=s", "s", .denied("server_error")),
        ]
    )
    func read(query: String, state: String?, result: AuthorizationAnswer.Result) throws {
        let answer = try #require(AuthorizationAnswer(query: query))
        #expect(answer.state == state.map(SampleTokens.secret))
        #expect(answer.result == result)
    }

    @Test("Anything else is none", arguments: ["", "state=s", "code=&state=s", "error=&state=s", "code=%f", "x=y"])
    func unreadable(query: String) {
        #expect(AuthorizationAnswer(query: query) == nil)
    }

    @Test("NetAtmo's words for a refusal are one harmless line")
    func denied() {
        #expect(SignInError.denied("access_denied").description == "access was denied at NetAtmo")
        #expect(SignInError.denied("a\u{1b}[2J\nb").description == "NetAtmo answered: a\u{FFFD}[2J b")
    }
}
