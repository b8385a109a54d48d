import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("Secrets never show")
struct SecretTests {
    private struct Holder {
        let name = "holder"
        let secret: Secret
        let optional: Secret?
        let list: [Secret]
        let byName: [String: Secret]
        let pair: (Secret, Int)
    }

    private enum Choice {
        case one(Secret)
    }

    private static let hush = Secret("Hush-1234")

    /// Every way in which a value becomes text.
    private func texts(of value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        var debugged = ""
        debugPrint(value, to: &debugged)
        let mirror = Mirror(reflecting: value)
        return ["\(value)", String(describing: value), String(reflecting: value), dumped, debugged, mirror.description]
            + mirror.children.flatMap { texts(of: $0.value) }
    }

    @Test("Printing, dumping and reflecting a secret gives no more than <secret>")
    func alone() throws {
        let secret = try #require(Self.hush)
        #expect(secret.description == "<secret>")
        #expect(secret.debugDescription == "<secret>")
        #expect("\(secret)" == "<secret>")
        #expect(Mirror(reflecting: secret).children.isEmpty)
        #expect(!texts(of: secret).contains { $0.contains("Hush") })
    }

    @Test("A secret inside other values stays hidden")
    func inside() throws {
        let secret = try #require(Self.hush)
        let request = NetatmoRequest(
            purpose: .token, path: "/oauth2/token", form: [("refresh_token", secret.reveal())], accessToken: secret)
        let values: [Any] = [
            Holder(secret: secret, optional: secret, list: [secret], byName: ["x": secret], pair: (secret, 1)), Choice.one(secret),
            [secret], Set([secret]), Secret?.some(secret) as Any, Token(accessToken: secret, refreshToken: secret, expiry: now),
            TokenAttributes(Token(accessToken: secret, refreshToken: secret, expiry: now)), StoredToken.refreshable(secret),
            StoredToken.expired(since: now, refreshToken: secret), ClientCredentials(id: "id", secret: secret),
            TokenGrant(accessToken: secret, refreshToken: secret, lifetime: .seconds(1)), request,
            NetatmoAnswer(status: 200, body: Array(secret.reveal().utf8)),
            OAuthClient(
                baseURL: "https://x", credentials: ClientCredentials(id: "id", secret: secret), transport: ScriptedAnswer(request: request)
            ),
        ]
        for value in values {
            #expect(!texts(of: value).contains { $0.contains("Hush") || $0.contains("72, 117, 115, 104") })
        }
    }

    @Test("A request tells its path and the names of its fields, an answer its status and size")
    func wire() {
        let request = NetatmoRequest(purpose: .token, path: "/oauth2/token", form: [("grant_type", "Hush"), ("code", "Hush")])
        #expect("\(request)" == "POST /oauth2/token [grant_type, code]")
        #expect("\(NetatmoAnswer(status: 403, body: [1, 2, 3]))" == "HTTP 403, 3 bytes")
    }

    @Test("Only reveal gives the text")
    func reveal() throws {
        #expect(try #require(Self.hush).reveal() == "Hush-1234")
    }

    @Test("An empty text is no secret, a blank one is")
    func empty() {
        #expect(Secret("") == nil)
        #expect(Secret(" ")?.reveal() == " ")
    }

    @Test("Secrets of the same text are equal")
    func equality() {
        #expect(Secret("a") == Secret("a"))
        #expect(Secret("a") != Secret("b"))
        #expect(Set([secret("a"), secret("a"), secret("b")]).count == 2)
    }
}

/// A transport that keeps a request, as the real one keeps its client.
private struct ScriptedAnswer: NetatmoTransport {
    let request: NetatmoRequest

    func send(_ request: NetatmoRequest) async throws(NetatmoError) -> NetatmoAnswer {
        throw NetatmoError(.network)
    }
}
