import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Server
@testable import OperatingSystem

@Suite("The page that spends a one-time key")
struct KeyPageTests {
    private let bench = WebBench()

    @Test("Opening the address spends nothing and begins nothing, however often; the button does, once")
    func button() async throws {
        let key = try #require(await bench.desk.desk.issueKey()).reveal()
        let status = bench.desk.status
        try await bench.test(.live) { client in
            for _ in 0..<3 {
                let page = try await client.send(.get, "/auth/authorize?key=\(key)", headers: ["Via": "1.1 proxy"])
                #expect(page.status == .ok)
                #expect(page.headers[.location] == nil)
                #expect(page.text.matches(of: /<button/).count == 1)
                #expect(page.text.contains(#"<form method="post" action="/auth/authorize">"#))
                #expect(page.text.contains(#"<input type="hidden" name="key" value="\#(key)">"#))
            }
            #expect(bench.desk.status == status)
            #expect(bench.desk.events.isEmpty)
            let sent = try await client.send(.post, "/auth/authorize", headers: ["Via": "1.1 proxy"], body: "key=\(key)")
            #expect(sent.status == .found)
            #expect(sent.headers[.location]?.hasPrefix("https://netatmo.test/oauth2/authorize?") == true)
            #expect(sent.headers[.setCookie] == nil, "who had the key may end in another browser")
        }
        #expect(bench.desk.events == [.signInStarted])
    }

    @Test("A wrong key's page is the same as a good one's")
    func sameForAll() async throws {
        let key = try #require(await bench.desk.desk.issueKey()).reveal()
        try await bench.test(.live) { client in
            let good = try await client.send(.get, "/auth/authorize?key=\(key)")
            let wrong = try await client.send(.get, "/auth/authorize?key=wrong")
            #expect(wrong.status == good.status)
            #expect(wrong.text.replacing("wrong", with: key) == good.text)
        }
    }

    @Test("A browser of this machine too has to press the button where it brings a key")
    func local() async throws {
        let key = try #require(await bench.desk.desk.issueKey())
        try await bench.test(.live) { client in
            let page = try await client.send(.get, "/auth/authorize?key=\(key.reveal())")
            #expect(page.status == .ok)
        }
        #expect(await bench.desk.desk.redeem(key: key))
    }

    @Test(
        "No text of an address gets into the page but as a key",
        arguments: [
            (#""><script>alert(1)</script>"#, "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"), ("{{reason}}", "%7B%7Breason%7D%7D"),
            ("a'b&c", "a'b%26c"),
        ])
    func hostile(text: String, encoded: String) async throws {
        try await bench.test(.live) { client in
            let page = try await client.send(.get, "/auth/authorize?key=\(encoded)")
            #expect(page.text.contains(#"name="key" value="\#(escapedHTML(text))">"#))
            #expect(!page.text.contains("<script>"))
        }
    }

    @Test("What can be no key is refused at once", arguments: ["", "%00", "a%20b", "%C3%A9", String(repeating: "a", count: 65)])
    func noKeyAtAll(text: String) async throws {
        try await bench.test(.live) { client in
            let page = try await client.send(.get, "/auth/authorize?key=\(text)")
            #expect(page.status == .forbidden)
            #expect(page.text.contains("used or is older than 10 minutes"))
            #expect(page.text.contains(#"<input id="key" name="key" type="password""#))
        }
    }

    @Test("Without a key there is a field for one, and no sign-in begins without one in it", arguments: ["", "key=", "key=+", "%%%"])
    func field(body: String) async throws {
        try await bench.test(.live) { client in
            let page = try await client.send(.get, "/auth/authorize", headers: ["Via": "1.1 proxy"])
            #expect(page.status == .forbidden)
            #expect(page.text.contains(#"<form method="post" action="/auth/authorize">"#))
            #expect(page.text.contains(#"<input id="key" name="key" type="password""#))
            // Not even from this machine: the link of the home page is the way without one.
            #expect(try await client.send(.post, "/auth/authorize", body: body).status == .forbidden)
        }
        #expect(bench.desk.events.isEmpty)
    }

    @Test("The pages run nothing, are kept by nobody, and lead to NetAtmo alone", arguments: ["?key=abc", ""])
    func policy(query: String) async throws {
        try await bench.test(.live) { client in
            let page = try await client.send(.get, "/auth/authorize\(query)", headers: ["Via": "1.1 proxy"])
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            #expect(page.headers[.cacheControl] == "no-store")
            #expect(page.headers[.contentSecurityPolicy]?.contains("form-action 'self' https://netatmo.test;") == true)
            #expect(!page.text.contains("<script") && !page.text.contains("<style") && !page.text.contains("{{"))
        }
    }
}
