import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo

@Suite("What a token file means at startup")
struct StartupTests {
    private typealias Outcome = (token: StoredToken, warnings: [TokenFileWarning])

    private func start(_ text: String?) throws -> Outcome {
        StoredToken.interpret(try text.map { try TokenAttributes($0) }, at: now)
    }

    private func token(refresh: String?, expiry: Date?) -> StoredToken {
        .usable(Token(accessToken: secret("a"), refreshToken: refresh.map(secret), expiry: expiry))
    }

    @Test("Without a file it starts without a token and without a complaint")
    func noFile() throws {
        let outcome = try start(nil)
        #expect(outcome.token == .none)
        #expect(outcome.warnings.isEmpty)
    }

    @Test("With all three attributes and time left the token works at once")
    func complete() throws {
        let outcome = try start(#"{"access_token":"a","refresh_token":"r","expiry":"2026-11-23T21:17:52+00:00"}"#)
        #expect(outcome.token == token(refresh: "r", expiry: now.addingTimeInterval(3600)))
        #expect(outcome.warnings.isEmpty)
    }

    @Test(
        "An expiry in the past is warned of, and the token ignored",
        arguments: [("2026-11-23T20:17:51.999999Z", -0.000001), ("2026-11-23T20:17:52Z", 0), ("2023-07-16T20:32:06+02:00", -105_932_746)]
    )
    func expired(expiry: String, age: TimeInterval) throws {
        let outcome = try start(#"{"access_token":"a","refresh_token":"r","expiry":"\#(expiry)"}"#)
        guard case .expired(let since, let refreshToken) = outcome.token else {
            Issue.record("\(outcome.token)")
            return
        }
        #expect(abs(since.timeIntervalSince(now) - age) < 0.000_001)
        #expect(refreshToken == secret("r"))
        #expect(outcome.warnings == [.expired(since: since)])
    }

    @Test("A token that has a microsecond left is used")
    func lastMoment() throws {
        let outcome = try start(#"{"access_token":"a","refresh_token":"r","expiry":"2026-11-23T20:17:52.000001Z"}"#)
        guard case .usable = outcome.token else {
            Issue.record("\(outcome.token)")
            return
        }
    }

    @Test("An expired token without a refresh token has nothing to renew it with")
    func expiredWithoutRefreshToken() throws {
        let outcome = try start(#"{"access_token":"a","expiry":"2026-11-23T20:17:50Z"}"#)
        #expect(outcome.token == .expired(since: now.addingTimeInterval(-2), refreshToken: nil))
        #expect(outcome.warnings == [.expired(since: now.addingTimeInterval(-2))])
    }

    @Test("A missing expiry is warned of and set to a second from now", arguments: ["", #","expiry":"0001-01-01T00:00:00Z""#])
    func expiryMissing(member: String) throws {
        let outcome = try start(#"{"access_token":"a","refresh_token":"r"\#(member)}"#)
        #expect(outcome.token == token(refresh: "r", expiry: now.addingTimeInterval(1)))
        #expect(outcome.warnings == [.expiryMissing])
    }

    @Test("A missing refresh token is warned of, and the access token used until it expires")
    func refreshTokenMissing() throws {
        let outcome = try start(#"{"access_token":"a","refresh_token":"","expiry":"2026-11-23T20:18:52Z"}"#)
        #expect(outcome.token == token(refresh: nil, expiry: now.addingTimeInterval(60)))
        #expect(outcome.warnings == [.refreshTokenMissing])
    }

    @Test(
        "An access token alone, without an expiry, is warned of, and works until NetAtmo refuses it",
        arguments: ["", #","expiry":"0001-01-01T00:00:00Z""#, #","expiry":null"#, #","refresh_token":"""#])
    func accessTokenAlone(member: String) throws {
        let outcome = try start(#"{"access_token":"a"\#(member)}"#)
        #expect(outcome.token == token(refresh: nil, expiry: nil))
        #expect(outcome.warnings == [.accessTokenAlone])
    }

    @Test(
        "A missing access token is warned of and refreshed at once, whatever the expiry says",
        arguments: ["", #","expiry":"2026-11-23T21:00:00Z""#, #","expiry":"2020-01-01T00:00:00Z""#, #","access_token":"""#]
    )
    func accessTokenMissing(member: String) throws {
        let outcome = try start(#"{"refresh_token":"r"\#(member)}"#)
        #expect(outcome.token == .refreshable(secret("r")))
        #expect(outcome.warnings == [.accessTokenMissing])
    }

    @Test(
        "With both tokens missing it warns and starts as if there were none",
        arguments: ["{}", #"{"expiry":"2026-11-23T21:00:00Z"}"#, #"{"access_token":null,"refresh_token":"","x":1}"#]
    )
    func bothMissing(text: String) throws {
        let outcome = try start(text)
        #expect(outcome.token == .none)
        #expect(outcome.warnings == [.bothTokensMissing])
    }

    @Test("A usable token keeps the file's other attributes")
    func otherAttributes() throws {
        let outcome = try start(#"{"access_token":"a","refresh_token":"r","expiry":"2026-11-23T21:17:52Z","token_type":"Bearer"}"#)
        guard case .usable(let token) = outcome.token else {
            Issue.record("\(outcome.token)")
            return
        }
        #expect(token.otherAttributes == ["token_type": .string("Bearer")])
    }

    @Test("A warning says what is wrong and what follows")
    func words() {
        let all: [TokenFileWarning] = [
            .bothTokensMissing, .accessTokenMissing, .refreshTokenMissing, .expiryMissing, .accessTokenAlone, .expired(since: now),
        ]
        #expect(
            all.map(\.description) == [
                "holds neither an access token nor a refresh token: sign in to get one",
                "holds no access token: it is refreshed at once",
                "holds no refresh token: it can't be renewed by itself, sign in again before it expires",
                "holds no expiry: the token is taken to expire in a second",
                "holds neither a refresh token nor an expiry: the access token is used until NetAtmo refuses it, then sign in again",
                "holds a token that expired at 2026-11-23T20:17:52Z: it is ignored",
            ]
        )
    }
}
