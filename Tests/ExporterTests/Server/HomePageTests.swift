import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import Server

@Suite("The home page")
struct HomePageTests {
    private func page(
        _ snapshot: Snapshot = Snapshot(), audience: HomePage.Audience = .local, formToken: String = "token-1"
    ) -> HomePage {
        HomePage(snapshot: snapshot, now: SampleStations.now, audience: audience, formToken: formToken)
    }

    @Test("It says the token's state and the readings' where no script runs, and links to what there is")
    func content() async throws {
        let bench = WebBench()
        bench.fill()
        try await bench.test(.live) { client in
            let html = try await client.send(.get, "/").text
            #expect(html.contains("<p>valid, expires at 2026-11-23T19:58:05Z</p>"))
            #expect(html.contains("<p>7 modules, fetched at 2026-11-23T17:18:05Z</p>"))
            for link in ["/metrics", "/version", "/api/status", "/auth/authorize"] { #expect(html.contains(#"href="\#(link)""#)) }
            #expect(html.contains(#"<form method="post" action="/auth/settoken">"#))
        }
    }

    @Test("It works while nothing else does, and says why")
    func failures() async throws {
        let bench = WebBench()
        let error = NetatmoError(.outage, status: 503)
        bench.store.update { $0.token = TokenStatus(possession: .refreshTokenOnly, renewal: .failing(error, tries: 3, next: nil)) }
        bench.store.publish(DataStatus(lastAttempt: .init(time: SampleStations.now, duration: .zero, error: error)))
        try await bench.test(.router) { client in
            let answer = try await client.send(.get, "/")
            #expect(answer.status == .ok)
            #expect(answer.text.contains("<p>missing; the last renewal failed: NetAtmo is out of order (HTTP 503)</p>"))
            #expect(answer.text.contains("<p>none yet; the last try failed: NetAtmo is out of order (HTTP 503)</p>"))
        }
    }

    @Test("HTML in what comes from outside is escaped")
    func escaping() throws {
        let error = NetatmoError(.refused, message: #"<script>alert('1')</script> & "so on""#)
        let data = DataStatus(lastAttempt: .init(time: SampleStations.now, duration: .zero, error: error))
        let html = page(Snapshot(data: data)).html
        #expect(!html.contains("<script>"))
        #expect(html.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;so on&quot;"))
    }

    @Test(
        "No text breaks out of where it is put",
        arguments: [
            #""><script>alert(1)</script>"#, #"" onfocus="alert(1)"#, "\"\u{301} onfocus=alert(1) x=\"\u{301}", "{{token}}", "</p><form>",
            "\u{202E}\u{2066}\u{0}\u{1B}[2J",
        ]
    )
    func hostileTexts(text: String) {
        let usual = page(formToken: "").html
        let html = page(formToken: text).html
        let value = escapedHTML(text)
        #expect(html == usual.replacing(#"name="form_token" value="""#, with: #"name="form_token" value="\#(value)""#))
        #expect(!value.unicodeScalars.contains { "<>\"'\u{202E}\u{2066}\u{0}\u{1B}".unicodeScalars.contains($0) })
    }

    @Test("Every field is filled, and none is left")
    func fields() {
        let html = page(audience: .remote).html
        #expect(!html.contains("{{"))
        #expect(!html.contains("}}"))
        #expect(html.contains(#"<body class="remote">"#))
        #expect(html.contains(#"name="form_token" value="token-1""#))
        let template = PageTemplate<HomePage.Field>("a {{token}} b {{unknown}} c {{ d }} {{")
        #expect(template.filled { "<\($0.rawValue)>" } == "a &lt;token&gt; b {{unknown}} c {{ d }} {{")
    }

    @Test("It has no script, style or address of another host in itself")
    func nothingInline() {
        let html = page().html
        #expect(!html.contains("<style"))
        #expect(!html.contains(" style="))
        #expect(html.matches(of: /<script[^>]*>/).map(\.0) == [#"<script src="/script.js" defer>"#])
        #expect(html.matches(of: /\son[a-z]+=/).isEmpty)
        for match in html.matches(of: /(?:href|src|action)="([^"]*)"/) {
            #expect(match.1.hasPrefix("/") && !match.1.hasPrefix("//") || match.1.hasPrefix("data:"), "\(match.1)")
        }
    }

    @Test("Its style and script are files of their own, of the right type, kept by no cache")
    func files() async throws {
        try await WebBench().test(.live) { client in
            for (path, type) in [("/style.css", "text/css; charset=utf-8"), ("/script.js", "text/javascript; charset=utf-8")] {
                let answer = try await client.send(.get, path)
                #expect(answer.status == .ok)
                #expect(answer.headers[.contentType] == type)
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.body.readableBytes > 1000)
            }
        }
    }

    @Test("The browser is told to run, load and ask nothing else")
    func policy() async throws {
        try await WebBench().test(.live) { client in
            let policy = try await client.send(.get, "/").headers[.contentSecurityPolicy]
            #expect(
                policy == "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; "
                    + "frame-ancestors 'none'; base-uri 'none'"
            )
        }
    }

    @Test(
        "Where a form begins the sign-in, it may lead to NetAtmo",
        arguments: [
            ("https://api.netatmo.com", "'self' https://api.netatmo.com https://*.netatmo.com;"),
            ("http://127.0.0.1:9211", "'self' http://127.0.0.1:9211;"), ("https://x.test/a;b", "'self' https://x.test;"), ("", "'self';"),
        ]
    )
    func signInPolicy(apiURL: String, sources: String) {
        #expect(page(audience: .remote).contentSecurityPolicy(apiURL: apiURL).contains("form-action \(sources)"))
        #expect(page(audience: .local).contentSecurityPolicy(apiURL: apiURL).contains("form-action 'self';"))
    }

    @Test("Names with HTML are on no page but as data")
    func names() async throws {
        let bench = WebBench(debugHandlers: true)
        let stations = SampleStations.stations(SampleStations.json(baseNamed: "<img src=x onerror=alert(1)>"))
        bench.store.publish(DataStatus(stations: stations, fetchedAt: SampleStations.now))
        try await bench.test(.router) { client in
            #expect(try await client.send(.get, "/").text.contains("<img") == false)
            for path in ["/metrics", "/debug/data"] {
                let type = try await client.send(.get, path).headers[.contentType]
                #expect(type?.hasPrefix("text/html") == false)
            }
        }
    }

    @Test("Elsewhere than on this machine signing in takes a one-time key", arguments: ["router", "forwarded"])
    func elsewhere(kind: String) async throws {
        try await WebBench().test(kind == "router" ? .router : .live) { client in
            let html = try await client.send(.get, "/", headers: kind == "forwarded" ? ["X-Forwarded-For": "10.0.0.1"] : [:]).text
            #expect(html.contains(#"<body class="remote">"#))
            #expect(html.contains(#"<form class="for-remote" method="post" action="/auth/authorize">"#))
        }
    }
}
