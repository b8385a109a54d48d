import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo
@testable import OperatingSystem

@Suite("Forms of token files met in the wild")
struct TokenFileFormTests {
    @Test(
        "A file written by golang.org/x/oauth2 is read",
        arguments: [
            #"{"access_token":"a","refresh_token":"r","expiry":"2026-11-23T20:17:52.302198117Z"}"#,
            #"{"access_token":"a","token_type":"Bearer","refresh_token":"r","expiry":"2026-11-23T20:17:52.302198117Z"}"#,
            #"{"access_token":"a","refresh_token":"r","expiry":"2026-11-23T21:17:52.302198117+01:00","expires_in":10800}"#,
            #"{"expiry":"2026-11-23T15:17:52.302198117-05:00","refresh_token":"r","access_token":"a"}"#,
            "\n {\r\n\t\"refresh_token\" : \"r\",\n \"access_token\" : \"\\u0061\" , \"expiry\":\"2026-11-23t20:17:52.302198z\"} \n\n",
        ]
    )
    func writtenByGo(text: String) throws {
        let attributes = try TokenAttributes(text)
        #expect(attributes.accessToken == secret("a"))
        #expect(attributes.refreshToken == secret("r"))
        let expiry = try #require(attributes.expiry)
        #expect(abs(expiry.timeIntervalSince1970 - 1_795_465_072.302198) < 0.000_001)
    }

    @Test(
        "An expiry that is absent, null, empty or Go's zero time is missing",
        arguments: [
            "", #","expiry":null"#, #","expiry":"""#, #","expiry":"0001-01-01T00:00:00Z""#, #","expiry":"0001-01-01T00:00:00.000000000Z""#,
            #","expiry":"0001-01-01T01:00:00+01:00""#, #","expiry":"0000-12-31T19:00:00-05:00""#,
        ]
    )
    func missingExpiry(member: String) throws {
        let attributes = try TokenAttributes(#"{"access_token":"a","refresh_token":"r"\#(member)}"#)
        #expect(attributes.expiry == nil)
        #expect(attributes.accessToken == secret("a"))
        #expect(attributes.other.isEmpty)
    }

    @Test("A token that is null or empty is missing", arguments: ["null", #""""#])
    func missingToken(value: String) throws {
        let attributes = try TokenAttributes(#"{"access_token":\#(value),"refresh_token":\#(value)}"#)
        #expect(try attributes == TokenAttributes("{}"))
        #expect(attributes.accessToken == nil)
        #expect(attributes.refreshToken == nil)
    }

    @Test("A file with a refresh token alone is read")
    func refreshTokenAlone() throws {
        let attributes = try TokenAttributes(#"{"refresh_token":"5f|r"}"#)
        #expect(attributes.refreshToken == secret("5f|r"))
        #expect(attributes.accessToken == nil)
        #expect(attributes.expiry == nil)
    }

    @Test("Tokens are kept character for character", arguments: ["5f1c|9a8b", #"q\"q\\"#, "a/b+c=", "!~"])
    func tokenText(escaped: String) throws {
        let text = try JSONDecoder().decode(String.self, from: Data("\"\(escaped)\"".utf8))
        let attributes = try TokenAttributes(#"{"access_token":"\#(escaped)"}"#)
        #expect(attributes.accessToken?.reveal() == text)
        let written = try TokenAttributes(Token(accessToken: secret(text), refreshToken: nil, expiry: now)).json()
        #expect(try TokenAttributes(json: written).accessToken?.reveal() == text)
    }

    @Test(
        "An unknown attribute is written back unchanged",
        arguments: [
            #""Bearer""#, "10800", "null", "true", "false", "[]", "{}", "0", "-1", "21.4", "0.1", "-0.000001", "3.141592653589793238",
            "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551615",
            "12345678901234567890123456789012345678", "1e+300", "1e-300", "1e-128", "1e+128", "1e-91", "1e+91", #""""#, #""ä€😀 ‮ ﷽""#,
            #""a\"b\\c\n\t\u0000""#, #""a/b""#,
            #"[1,[2,{"x":[null,false,"3"]}]]"#, #"{"deep":{"er":{"list":[{},[],{"k":"v"}],"n":-7}},"other":"é"}"#,
        ]
    )
    func unknownAttribute(value: String) throws {
        let text = #"{"access_token":"a","expiry":"2026-11-23T20:17:52Z","refresh_token":"r","x":\#(value)}"# + "\n"
        let attributes = try TokenAttributes(text)
        #expect(attributes.other.keys.sorted() == ["x"])
        #expect(String(decoding: try attributes.json(), as: UTF8.self) == text)
    }

    @Test("A whole number is one however it is written", arguments: [("9223372036854775800e0", "9223372036854775800"), ("2.50e2", "250")])
    func wholeNumber(value: String, written: String) throws {
        let attributes = try TokenAttributes(#"{"refresh_token":"r","x":\#(value)}"#)
        #expect(String(decoding: try attributes.json(), as: UTF8.self) == #"{"refresh_token":"r","x":\#(written)}"# + "\n")
        #expect(attributes.other["x"] == Int64(written).map { .integer($0) })
    }

    @Test("token_type and expires_in stay as they were")
    func typeAndLifetime() throws {
        let attributes = try TokenAttributes(#"{"access_token":"a","token_type":"Bearer","expires_in":10800}"#)
        #expect(attributes.other == ["token_type": .string("Bearer"), "expires_in": .integer(10800)])
    }

    @Test("Unknown attributes nested 500 deep neither harm nor get lost")
    func deepNesting() throws {
        let value = String(repeating: #"{"x":["#, count: 250) + String(repeating: "]}", count: 250)
        let text = #"{"refresh_token":"r","x":\#(value)}"# + "\n"
        #expect(String(decoding: try TokenAttributes(text).json(), as: UTF8.self) == text)
    }
}
