import HTTPTypes
import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

@Suite("Signing in")
struct AuthorizeTests {
    static let redirect = "http://localhost:9210/auth/callback?from=a+b"

    static func fields(_ changes: [String: String?] = [:]) -> [(String, String)] {
        var fields: [String: String] = [
            "client_id": SimulatorConfiguration.defaultClientID, "redirect_uri": Self.redirect, "response_type": "code",
            "scope": "read_station", "state": "s&t=1",
        ]
        for (name, value) in changes { fields[name] = value }
        return fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    static func uri(_ changes: [String: String?] = [:]) -> String {
        "/oauth2/authorize?" + self.fields(changes).map { $0.0 + "=" + FormFields.encode($0.1) }.joined(separator: "&")
    }

    /// Signs in and returns the code from the redirect.
    static func code(_ client: any TestClientProtocol) async throws -> String {
        let response = try await client.form("/oauth2/authorize", Self.fields() + [("decision", "accept")])
        let location = try #require(response.headers[.location])
        return String(try #require(location.split(separator: "&code=").last))
    }

    @Test("The page has a form with both buttons and everything that was asked, escaped, and no script")
    func page() async throws {
        try await Simulation().run { client in
            let response = try await client.execute(uri: Self.uri(["state": "\"><script>alert(1)</script>"]), method: .get)
            #expect(response.status == .ok)
            #expect(response.headers[.contentType] == "text/html; charset=utf-8")
            #expect(response.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
            #expect(response.text.contains("NetAtmo simulator – no real account"))
            #expect(response.text.contains("value=\"accept\""))
            #expect(response.text.contains("value=\"deny\""))
            #expect(!response.text.contains("<script"))
            #expect(response.text.contains("&quot;&gt;&lt;script&gt;"))
        }
    }

    @Test("Accept leads back with state and a code that the token endpoint takes")
    func accept() async throws {
        try await Simulation().run { client in
            let response = try await client.form("/oauth2/authorize", Self.fields() + [("decision", "accept")])
            #expect(response.status == .found)
            let location = try #require(response.headers[.location])
            #expect(location.hasPrefix(Self.redirect + "&state=s%26t%3D1&code="))
            let code = String(try #require(location.split(separator: "&code=").last))
            let tokens = try await client.exchange(code, redirect: Self.redirect, scope: "read_station")
            #expect(tokens.status == .ok)
            let access = try #require(try tokens.json()["access_token"]?.string)
            #expect(try await client.data("/api/getstationsdata", token: access).status == .ok)
        }
    }

    @Test("Deny leads back with access_denied and state")
    func deny() async throws {
        try await Simulation().run { client in
            let response = try await client.form("/oauth2/authorize", Self.fields() + [("decision", "deny")])
            #expect(response.status == .found)
            #expect(response.headers[.location] == Self.redirect + "&error=access_denied&state=s%26t%3D1")
        }
    }

    @Test("A code works once")
    func singleUse() async throws {
        try await Simulation().run { client in
            let code = try await Self.code(client)
            #expect(try await client.exchange(code, redirect: Self.redirect).status == .ok)
            #expect(try await client.exchange(code, redirect: Self.redirect).text == "{\"error\":\"invalid_grant\"}")
        }
    }

    @Test("Sign-ins without end don't fill the memory: the oldest code gives way", arguments: [(63, true), (64, false)])
    func boundedCodes(later: Int, works: Bool) async throws {
        try await Simulation().run { client in
            let first = try await Self.code(client)
            for _ in 0..<later { _ = try await Self.code(client) }
            #expect(try await client.exchange(first, redirect: Self.redirect).status == (works ? .ok : .badRequest))
        }
    }

    @Test("A code expires", arguments: [(59, true), (60, false)])
    func expiry(age: Int, works: Bool) async throws {
        let simulation = Simulation()
        try await simulation.run { client in
            let code = try await Self.code(client)
            simulation.clock.advance(by: age)
            #expect(try await client.exchange(code, redirect: Self.redirect).status == (works ? .ok : .badRequest))
        }
    }

    @Test("A code is bound to its redirect, and a wrong try spends it")
    func boundToRedirect() async throws {
        try await Simulation().run { client in
            let code = try await Self.code(client)
            #expect(try await client.exchange(code, redirect: "http://localhost:9210/other").text == "{\"error\":\"invalid_grant\"}")
            #expect(try await client.exchange(code, redirect: Self.redirect).status == .badRequest)
        }
    }

    @Test("A code gives the scope that was asked when signing in, no other")
    func scope() async throws {
        try await Simulation().run { client in
            let code = try await Self.code(client)
            let response = try await client.exchange(code, redirect: Self.redirect, scope: "read_station read_homecoach")
            #expect(response.text == "{\"error\":\"invalid_scope\"}")
        }
    }

    @Test(
        "What can't be trusted is told to the user and leads nowhere",
        arguments: [
            ["client_id": "other"], ["client_id": nil], ["redirect_uri": nil], ["redirect_uri": "/auth/callback"],
            ["redirect_uri": "javascript:alert(1)"], ["redirect_uri": "ftp://localhost/"], ["redirect_uri": "http://"],
            ["redirect_uri": "http://localhost/#fragment"], ["redirect_uri": "http://user@localhost/"],
            ["redirect_uri": "http://localhost/\r\nSet-Cookie: a=b"], ["redirect_uri": "http://localhost/ü"],
        ] as [[String: String?]]
    )
    func untrusted(changes: [String: String?]) async throws {
        try await Simulation().run { client in
            for response in [
                try await client.execute(uri: Self.uri(changes), method: .get),
                try await client.form("/oauth2/authorize", Self.fields(changes) + [("decision", "accept")]),
            ] {
                #expect(response.status == .badRequest)
                #expect(response.headers[.location] == nil)
            }
        }
    }

    @Test(
        "A client that can be trusted is told through its redirect",
        arguments: [
            (["state": nil], "error=invalid_request"),
            (["state": ""], "error=invalid_request"),
            (["response_type": nil], "error=unsupported_response_type&state=s%26t%3D1"),
            (["response_type": "token"], "error=unsupported_response_type&state=s%26t%3D1"),
            (["scope": "read_station read_everything"], "error=invalid_scope&state=s%26t%3D1"),
            (["scope": "read_everything"], "error=invalid_scope&state=s%26t%3D1"),
            (["scope": " "], "error=invalid_scope&state=s%26t%3D1"),
        ] as [([String: String?], String)]
    )
    func refusedByRedirect(changes: [String: String?], query: String) async throws {
        try await Simulation().run { client in
            let response = try await client.execute(uri: Self.uri(changes), method: .get)
            #expect(response.status == .found)
            #expect(response.headers[.location] == Self.redirect + "&" + query)
        }
    }

    @Test(
        "What was asked for is shown, and granted in whatever order it came",
        arguments: ["read_station read_homecoach", "read_homecoach read_station", "  read_homecoach  read_station read_homecoach "]
    )
    func severalScopes(scope: String) async throws {
        try await Simulation().run { client in
            let page = try await client.execute(uri: Self.uri(["scope": scope]), method: .get).text
            #expect(page.contains("<code>read_station</code>") && page.contains("<code>read_homecoach</code>"))
            let response = try await client.form("/oauth2/authorize", Self.fields(["scope": scope]) + [("decision", "accept")])
            let code = String(try #require(response.headers[.location]?.split(separator: "&code=").last))
            let tokens = try await client.exchange(code, redirect: Self.redirect, scope: "read_homecoach read_station").json()
            #expect(Set(tokens["scope"]?.elements.compactMap(\.string) ?? []) == ["read_station", "read_homecoach"])
            let access = try #require(tokens["access_token"]?.string)
            for path in ["/api/getstationsdata", "/api/gethomecoachsdata"] {
                #expect(try await client.data(path, token: access).status == .ok)
            }
        }
    }

    @Test("Without scope a sign-in is for read_station")
    func defaultScope() async throws {
        try await Simulation().run { client in
            let response = try await client.form("/oauth2/authorize", Self.fields(["scope": nil]) + [("decision", "accept")])
            let code = String(try #require(response.headers[.location]?.split(separator: "&code=").last))
            let tokens = try await client.exchange(code, redirect: Self.redirect)
            #expect(try tokens.json()["scope"] == .array([.string("read_station")]))
        }
    }

    @Test("Without a decision nothing is granted")
    func noDecision() async throws {
        try await Simulation().run { client in
            let response = try await client.form("/oauth2/authorize", Self.fields())
            #expect(response.status == .badRequest)
        }
    }
}
