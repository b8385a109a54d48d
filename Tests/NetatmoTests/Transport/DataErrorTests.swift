import Testing

@testable import Homes
@testable import Netatmo

@Suite("Errors of NetAtmo's data endpoints")
struct DataErrorTests {
    /// An answer, and what it has to be taken for.
    struct Case: Sendable, CustomTestStringConvertible {
        let status: Int
        let body: String
        let kind: NetatmoError.Kind
        var code: String?
        var message: String?
        /// Whether NetAtmo may have done what it was asked for.
        var mayBeDone = false
        var testDescription: String { "\(status) \(body.prefix(60))" }
    }

    private static let html = "<html>\r\n<head><title>Bad</title></head>\r\n</html>\r\n"
    private static let htmlWords = "HTML in place of JSON"

    private func failure(_ status: Int, _ body: String, retryAfter: Duration? = nil) async -> NetatmoError? {
        let client = StationsClient(transport: RecordingTransport(status: status, retryAfter: retryAfter, body))
        return await #expect(throws: NetatmoError.self) { try await client.stations(accessToken: secret("5f1c0ffee5f1c|0123456789ab")) }
    }

    @Test(
        "Status and code tell the kind",
        arguments: [
            Case(
                status: 403, body: #"{"error":{"code":2,"message":"Invalid access token"}}"#, kind: .unauthorized, code: "2",
                message: "Invalid access token"
            ),
            Case(
                status: 403, body: "{\r\n  \"error\": {\r\n    \"message\": \"Access token expired\",\r\n    \"code\": 3\r\n  }\r\n}",
                kind: .unauthorized, code: "3", message: "Access token expired"
            ),
            Case(status: 403, body: #"{"error":{"code":"3"}}"#, kind: .unauthorized, code: "3"),
            Case(status: 403, body: #"{"error":{"code":2.0,"message":null}}"#, kind: .unauthorized, code: "2"),
            Case(status: 403, body: #"{"x":1e400,"error":{"code":3,"y":[1e400]},"z":[[[]]]}"#, kind: .unauthorized, code: "3"),
            Case(status: 401, body: "", kind: .unauthorized, message: "empty body"),
            Case(status: 200, body: #"{"error":{"code":3,"message":"expired"}}"#, kind: .unauthorized, code: "3", message: "expired"),
            Case(status: 403, body: #"{"error":{"code":13,"message":"scope"}}"#, kind: .wrongScope, code: "13", message: "scope"),
            Case(status: 403, body: #"{"error":{"code":26,"message":"usage"}}"#, kind: .quota, code: "26", message: "usage"),
            Case(status: 429, body: #"{"error":{"code":26}}"#, kind: .quota, code: "26"),
            Case(status: 429, body: #"{"error":{"code":11,"message":"busy"}}"#, kind: .busy, code: "11", message: "busy"),
            Case(status: 429, body: "", kind: .rateLimited, message: "empty body"),
            Case(status: 429, body: html, kind: .rateLimited, message: htmlWords),
            Case(status: 429, body: #"{"error":{"message":"slow down"}}"#, kind: .rateLimited, message: "slow down"),
            Case(status: 403, body: html, kind: .html, message: htmlWords),
            Case(status: 401, body: html, kind: .html, message: htmlWords),
            Case(status: 302, body: html, kind: .refused, message: htmlWords),
            Case(status: 403, body: #"{"error":{"code":5,"message":"other"}}"#, kind: .refused, code: "5", message: "other"),
            Case(status: 404, body: #"{"error":{"code":404,"message":"Not found"}}"#, kind: .refused, code: "404", message: "Not found"),
            Case(status: 404, body: html, kind: .html, message: htmlWords),
            Case(status: 500, body: html, kind: .outage, message: htmlWords),
            Case(status: 502, body: html, kind: .outage, message: htmlWords, mayBeDone: true),
            Case(status: 503, body: "\n\n" + html, kind: .outage, message: htmlWords),
            Case(status: 504, body: "", kind: .outage, message: "empty body", mayBeDone: true),
            Case(status: 503, body: #"{"error":{"code":2,"message":"m"}}"#, kind: .outage, code: "2", message: "m"),
            Case(status: 200, body: html, kind: .html, message: htmlWords, mayBeDone: true),
            Case(status: 200, body: "", kind: .invalidAnswer, message: "empty body", mayBeDone: true),
            Case(status: 200, body: "{}", kind: .invalidAnswer, message: "unexpected body of 2 bytes", mayBeDone: true),
            Case(status: 200, body: "[]", kind: .invalidAnswer, message: "unexpected body of 2 bytes", mayBeDone: true),
            Case(status: 200, body: #"{"body":[]}"#, kind: .invalidAnswer, message: "unexpected body of 11 bytes", mayBeDone: true),
            Case(status: 200, body: #"{"body":{}}"#, kind: .invalidAnswer, message: "unexpected body of 11 bytes", mayBeDone: true),
            Case(
                status: 200, body: #"{"body":{"devices":null}}"#, kind: .invalidAnswer, message: "unexpected body of 25 bytes",
                mayBeDone: true),
            Case(
                status: 200, body: #"{"body":{"devices":{}}}"#, kind: .invalidAnswer, message: "unexpected body of 23 bytes",
                mayBeDone: true),
            Case(
                status: 200, body: #"{"body":{"devices":[{"_id""#, kind: .invalidAnswer, message: "unexpected body of 26 bytes",
                mayBeDone: true),
        ]
    )
    func kinds(of answer: Case) async throws {
        let error = try #require(await failure(answer.status, answer.body))
        let expected = NetatmoError(
            answer.kind, status: answer.status, code: answer.code, message: answer.message, mayHaveBeenCarriedOut: answer.mayBeDone
        )
        #expect(error == expected)
    }

    @Test("An error in words of NetAtmo's own says that nothing was done, even behind a gateway", arguments: [200, 502, 504])
    func refusal(status: Int) async {
        #expect(await failure(status, #"{"error":{"code":3,"message":"expired"}}"#)?.mayHaveBeenCarriedOut == false)
    }

    @Test("Retry-After comes with the error")
    func retryAfter() async {
        #expect(await failure(429, "", retryAfter: .seconds(30))?.retryAfter == .seconds(30))
        #expect(await failure(429, "")?.retryAfter == nil)
    }

    @Test("A message that repeats the access token is withheld, its kind is not")
    func echo() async {
        let error = await failure(403, #"{"error":{"code":2,"message":"5f1c0ffee5f1c|0123456789ab is no token"}}"#)
        #expect(error == NetatmoError(.unauthorized, status: 403, message: "message withheld: it repeats a secret"))
    }
}
