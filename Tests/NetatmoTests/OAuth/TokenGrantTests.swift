import Testing

@testable import Homes
@testable import Netatmo

@Suite("Answers that grant a token")
struct TokenGrantTests {
    private func grant(_ body: String, status: Int = 200) async throws(NetatmoError) -> TokenGrant {
        let client = OAuthClient(baseURL: "", credentials: credentials, transport: RecordingTransport(status: status, body))
        return try await client.refresh(secret("5f|old-refresh"))
    }

    @Test(
        "All forms met in the wild give the same grant",
        arguments: [
            #"{"access_token":"5f|a","refresh_token":"5f|r","scope":["read_station"],"expires_in":10800,"expire_in":10800}"#,
            #"{"expire_in":10800,"scope":[],"refresh_token":"5f|r","access_token":"5f|a"}"#,
            #"{"expires_in":10800,"scope":"read_station read_thermostat","access_token":"5f|a","refresh_token":"5f|r"}"#,
            #"{"access_token":"5f|a","refresh_token":"5f|r","expires_in":"10800","token_type":"bearer"}"#,
            #"{"access_token":"5f|a","refresh_token":"5f|r","expires_in":null,"expire_in":"10800","scope":null}"#,
            #"{"access_token":"5f|a","refresh_token":"5f|r","expires_in":10800.0}"#,
            #"{"access_token":"5f|a","refresh_token":"5f|r","scope":{"odd":[1]},"x":{"y":1e400}}"#,
            "{\r\n  \"access_token\" : \"5f\\u007ca\",\r\n  \"refresh_token\" : \"5f|r\"\r\n}\r\n",
        ]
    )
    func forms(body: String) async throws {
        let expected = TokenGrant(accessToken: secret("5f|a"), refreshToken: secret("5f|r"), lifetime: .seconds(10_800))
        #expect(try await grant(body) == expected)
        #expect(try await grant(body, status: 201) == expected)
    }

    @Test(
        "A lifetime is taken where it can be one; otherwise the other, or NetAtmo's usual 3 hours, so that the pair is never lost",
        arguments: [
            (#""expires_in":300"#, 300), (#""expires_in":1"#, 1), (#""expires_in":60.5"#, 60.5), ("", 10_800), (#""expires_in":0"#, 10_800),
            (#""expires_in":-1"#, 10_800), (#""expires_in":-1,"expire_in":600"#, 600), (#""expires_in":"soon","expire_in":"600""#, 600),
            (#""expires_in":[],"expire_in":{}"#, 10_800), (#""expires_in":true"#, 10_800), (#""expires_in":"NaN""#, 10_800),
            (#""expires_in":"inf""#, 10_800), (#""expires_in":1e400"#, 10_800), (#""expires_in":"0x10""#, 10_800),
            (#""expires_in":"1e3""#, 1000), (#""expires_in":"60.5""#, 60.5), (#""expires_in":" 10""#, 10_800),
            (#""expires_in":"10 ""#, 10_800), (#""expires_in":"+5""#, 10_800), (#""expires_in":"-5""#, 10_800),
            (#""expires_in":"007""#, 10_800), (#""expires_in":".5e3""#, 10_800), (#""expires_in":"5.""#, 10_800),
            (#""expires_in":"1e""#, 10_800), (#""expires_in":"1_000""#, 10_800), (#""expires_in":"0x1p9""#, 10_800),
            (#""expires_in":"\u0661\u0660""#, 10_800), (#""expires_in":"""#, 10_800), (#""expires_in":"-""#, 10_800),
            (#""expires_in":"0x10","expire_in":600"#, 600), (#""expires_in":"1e400""#, 10_800), (#""expires_in":"1e300""#, 31_536_000),
            (#""expires_in":315360000"#, 31_536_000), (#""expires_in":1e-300"#, 10_800),
            (#""expires_in":1e308"#, 31_536_000), (#""expires_in":9223372036854775807"#, 31_536_000),
            (#""expires_in":31536001"#, 31_536_000),
        ]
    )
    func lifetime(members: String, seconds: Double) async throws {
        let body = #"{"access_token":"a","refresh_token":"r"\#(members.isEmpty ? "" : ",")\#(members)}"#
        #expect(try await grant(body).lifetime == .seconds(seconds))
    }

    @Test(
        "An answer without a refresh token is a grant that can't be renewed",
        arguments: ["", #","refresh_token":null"#, #","refresh_token":"""#])
    func noRefreshToken(member: String) async throws {
        let grant = try await grant(#"{"access_token":"a","expires_in":60\#(member)}"#)
        #expect(grant.accessToken == secret("a"))
        #expect(grant.refreshToken == nil)
    }

    @Test(
        "An answer without an access token is unusable, and its error does not show what is in it",
        arguments: [
            #"{"refresh_token":"Hush-Hush"}"#, #"{"access_token":"","refresh_token":"Hush-Hush"}"#, #"{"access_token":["Hush-Hush"]}"#,
            #"["Hush-Hush"]"#, #""Hush-Hush""#, "Hush-Hush", "null", "{}", "", #"{"access_token":"Hush-Hush""#,
        ]
    )
    func unusable(body: String) async {
        let error = await #expect(throws: NetatmoError.self) { try await grant(body) }
        #expect(error?.kind == .invalidAnswer)
        #expect(error?.status == 200)
        #expect(error?.description.contains("Hush") == false)
    }

    @Test(
        "A token that no header could carry makes the answer unusable, and says which one; the pair before it may be spent all the same",
        arguments: [
            #"5f|a\r\nX: y"#, "5f a", " 5f|a", "5f|a ", #"5f\u007fa"#, #"5f\u0000a"#, "5f|ä", #"5f\u00a0a"#, #"5f\u2028a"#, "😀",
            String(repeating: "a", count: 8193),
        ]
    )
    func noToken(text: String) async throws {
        for name in ["access_token", "refresh_token"] {
            let other = name == "access_token" ? "refresh_token" : "access_token"
            let error = await #expect(throws: NetatmoError.self) { try await grant(#"{"\#(name)":"\#(text)","\#(other)":"5f|b"}"#) }
            #expect(error?.kind == .invalidAnswer)
            #expect(error?.mayHaveBeenCarriedOut == true)
            #expect(error?.message == "its \(name) holds something else than up to 8192 visible ASCII characters")
        }
        let longest = String(repeating: "~", count: 8192)
        #expect(try await grant(#"{"access_token":"\#(longest)","refresh_token":"!"}"#).accessToken == secret(longest))
    }

    @Test("A page in place of a grant is told as such, and does not show what is in it")
    func page() async {
        let error = await #expect(throws: NetatmoError.self) { try await grant("<html>Hush-Hush</html>") }
        #expect(error?.kind == .html)
        #expect(error?.description.contains("Hush") == false)
    }
}
