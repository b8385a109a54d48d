import Testing

@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("Errors of NetAtmo's OAuth endpoints")
struct OAuthErrorTests {
    /// An answer, and what it has to be taken for.
    struct Case: Sendable, CustomTestStringConvertible {
        var status = 400
        let body: String
        let kind: NetatmoError.Kind
        var code: String?
        var message: String?
        /// Whether the pair may have been replaced.
        var mayBeDone = false
        var testDescription: String { "\(status) \(body)" }
    }

    private func failure(_ status: Int, _ body: String, retryAfter: Duration? = nil) async -> NetatmoError? {
        let transport = RecordingTransport(status: status, retryAfter: retryAfter, body)
        let client = OAuthClient(baseURL: "", credentials: credentials, transport: transport)
        return await #expect(throws: NetatmoError.self) { try await client.refresh(secret("5f1c0ffee5f1c0ffee|0123456789abcdef")) }
    }

    @Test(
        "Status and code tell the kind, whatever the message and the layout of the body",
        arguments: [
            Case(body: #"{"error":"invalid_grant"}"#, kind: .invalidGrant, code: "invalid_grant"),
            Case(
                body: "{\r\n  \"error\" : \"invalid_grant\",\r\n  \"error_description\" : \"Invalid\\r\\nrefresh  token\"\r\n}\r\n",
                kind: .invalidGrant,
                code: "invalid_grant", message: "Invalid refresh token"
            ),
            Case(status: 401, body: #"{"error":"invalid_client"}"#, kind: .invalidClient, code: "invalid_client"),
            Case(
                body: #"{"error_description":"no","error":"invalid_client","x":[1]}"#, kind: .invalidClient, code: "invalid_client",
                message: "no"),
            Case(status: 200, body: #"{"error":"invalid_grant"}"#, kind: .invalidGrant, code: "invalid_grant"),
            Case(body: #"{"error":{"code":"invalid_grant","message":"m"}}"#, kind: .invalidGrant, code: "invalid_grant", message: "m"),
            Case(status: 403, body: #"{"error":{"code":26,"message":"usage"}}"#, kind: .quota, code: "26", message: "usage"),
            Case(body: #"{"error":"invalid_request"}"#, kind: .refused, code: "invalid_request"),
            Case(
                body: #"{"error":"redirect_uri_mismatch","error_description":5}"#, kind: .refused, code: "redirect_uri_mismatch",
                message: "5"),
            Case(body: #"{"error":{"message":"only words"}}"#, kind: .refused, message: "only words"),
            Case(body: #"{"error":null}"#, kind: .refused, message: "unexpected body of 14 bytes"),
            Case(body: "", kind: .refused, message: "empty body"),
            Case(body: "<html>\r\n<h1>Bad Request</h1></html>", kind: .html, message: "HTML in place of JSON"),
            Case(status: 500, body: "<html></html>", kind: .outage, message: "HTML in place of JSON"),
            Case(status: 502, body: "\r\n <!DOCTYPE html>", kind: .outage, message: "HTML in place of JSON", mayBeDone: true),
            Case(status: 503, body: "", kind: .outage, message: "empty body"),
            Case(status: 504, body: "upstream", kind: .outage, message: "unexpected body of 8 bytes", mayBeDone: true),
            Case(status: 500, body: #"{"error":"server_error"}"#, kind: .outage, code: "server_error"),
            Case(status: 429, body: "", kind: .rateLimited, message: "empty body"),
            Case(status: 404, body: "", kind: .refused, message: "empty body"),
            Case(status: 302, body: "", kind: .refused, message: "empty body"),
            Case(status: 200, body: "<html>", kind: .html, message: "HTML in place of JSON", mayBeDone: true),
        ]
    )
    func kinds(of answer: Case) async throws {
        let error = try #require(await failure(answer.status, answer.body))
        let expected = NetatmoError(
            answer.kind, status: answer.status, code: answer.code, message: answer.message, mayHaveBeenCarriedOut: answer.mayBeDone
        )
        #expect(error == expected)
    }

    @Test("Retry-After comes with every kind of failure", arguments: [503, 400, 200])
    func retryAfter(status: Int) async {
        #expect(await failure(status, #"{"error":"invalid_grant"}"#, retryAfter: .seconds(120))?.retryAfter == .seconds(120))
        #expect(await failure(status, "", retryAfter: .seconds(120))?.retryAfter == .seconds(120))
        #expect(await failure(status, "")?.retryAfter == nil)
    }

    @Test("That the pair may have been replaced is still said where a message is withheld")
    func echoOfSuccess() async {
        let body = #"{"error":{"message":"5f1c0ffee5f1c0ffee|0123456789abcdef"}}"#
        let error = await failure(200, body)
        let expected = NetatmoError(
            .invalidAnswer, status: 200, message: "message withheld: it repeats a secret", mayHaveBeenCarriedOut: true
        )
        #expect(error == expected)
    }

    @Test(
        "A message that repeats a secret, whole or in part, is withheld",
        arguments: [
            "invalid token 5f1c0ffee5f1c0ffee|0123456789abcdef", "client_secret=Cl1ent/Secret+0123456789==", "5f1c0ffee5f1c0ffee",
            "token=5f1c0ffee5f1c0ffee%7C0123456789abcdef&x", "…9abcdef 89abcdef",
            String(repeating: "x", count: 185) + "5f1c0ffee5f1c0ffee|0123456789abcdef",
        ]
    )
    func echo(message: String) async throws {
        for body in [
            #"{"error":"invalid_grant","error_description":"\#(message)"}"#, #"{"error":{"code":"invalid_grant","message":"\#(message)"}}"#,
        ] {
            let error = try #require(await failure(400, body, retryAfter: .seconds(7)))
            #expect(
                error == NetatmoError(.invalidGrant, status: 400, message: "message withheld: it repeats a secret", retryAfter: .seconds(7))
            )
        }
    }

    @Test("A secret in place of the error's word is withheld too")
    func echoAsCode() async {
        let error = await failure(400, #"{"error":"5f1c0ffee5f1c0ffee|0123456789abcdef"}"#)
        #expect(error == NetatmoError(.refused, status: 400, message: "message withheld: it repeats a secret"))
    }

    @Test("A message about the redirect address or the scope is shown, since these are no secrets")
    func plainMessage() async {
        for message in ["redirect_uri http://localhost:9210/auth/callback is not registered", "scope read_station is not granted"] {
            let transport = RecordingTransport(status: 400, #"{"error":"invalid_request","error_description":"\#(message)"}"#)
            let client = OAuthClient(baseURL: "", credentials: credentials, transport: transport)
            let error = await #expect(throws: NetatmoError.self) {
                try await client.exchange(code: secret("one-time-code"), redirectURI: "http://localhost:9210/auth/callback")
            }
            #expect(error?.message == message)
        }
    }

    @Test("A code that is repeated is withheld")
    func echoOfCode() async {
        let transport = RecordingTransport(status: 400, #"{"error":"invalid_grant","error_description":"one-time-code is used"}"#)
        let client = OAuthClient(baseURL: "", credentials: credentials, transport: transport)
        let error = await #expect(throws: NetatmoError.self) { try await client.exchange(code: secret("one-time-code"), redirectURI: "x") }
        #expect(error?.message == "message withheld: it repeats a secret")
        #expect(error?.kind == .invalidGrant)
    }
}
