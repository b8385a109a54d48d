import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Server
@testable import OperatingSystem

@Suite("An external URL with a path")
struct ExternalURLTests {
    private let bench = WebBench(knownHosts: ["weather.example"], externalURL: "https://weather.example/my/netatmo")

    @Test("Each path answers with what stands before it and without, since some proxies take that off")
    func paths() async throws {
        bench.fill()
        try await bench.test(.live) { client in
            for path in ["", "/", "/style.css", "/script.js", "/metrics", "/version", "/api/status", "/healthz", "/readyz"] {
                for prefix in ["", "/my/netatmo"] where !(prefix + path).isEmpty {
                    let status = try await client.send(.get, prefix + path).status
                    #expect(status == .ok, "\(prefix)\(path)")
                }
            }
            for path in ["/my", "/netatmo/metrics", "/my/netatmo/my/netatmo/metrics", "/my/netatmox/metrics", "/my%2Fnetatmo/metrics"] {
                #expect(try await client.send(.get, path).status == .notFound, "\(path)")
            }
        }
    }

    @Test("The pages' addresses begin with it", arguments: ["/", "/auth/authorize", "/auth/authorize?key=k"])
    func addresses(path: String) async throws {
        try await bench.test(.live) { client in
            let html = try await client.send(.get, path).text
            let addresses = html.matches(of: /(?:href|src|action)="([^"]*)"/).map(\.1).filter { !$0.hasPrefix("data:") }
            #expect(addresses.count >= 2)
            for address in addresses { #expect(address.hasPrefix("/my/netatmo/"), "\(address)") }
            #expect(!html.contains("{{"))
        }
        let script = String(decoding: PackageResources.script_js, as: UTF8.self)
        #expect(!script.contains(/["'`]\/(api|auth|metrics)/), "the script asks beside itself")
    }

    @Test("NetAtmo's answer and the form lead back to the page below it", arguments: ["", "/my/netatmo"])
    func redirects(prefix: String) async throws {
        let key = try #require(await bench.desk.desk.issueKey()).reveal()
        try await bench.test(.live) { client in
            let sent = try await client.send(.post, "\(prefix)/auth/authorize", body: "key=\(key)")
            let location = try #require(sent.headers[.location])
            let state = try #require(URLComponents(string: location)?.queryItems?.first { $0.name == "state" }?.value)
            let home = try await client.send(.get, "\(prefix)/auth/callback?state=\(state)&code=c%7C1")
            #expect(home.status == .found)
            #expect(home.headers[.location] == "/my/netatmo/")
            let other = try #require(await bench.desk.desk.issueKey()).reveal()
            let form = try await client.send(.post, "\(prefix)/auth/settoken", body: "refresh_token=5f8d&key=\(other)")
            #expect(form.headers[.location] == "/my/netatmo/")
        }
        #expect(bench.desk.performed.first == .exchange(code: SampleTokens.secret("c|1"), redirectURI: bench.desk.redirectURI))
    }

    @Test("Cookies are for it alone, and for TLS where it is https")
    func cookies() async throws {
        let bench = WebBench(externalURL: "https://localhost/my/netatmo/")
        try await bench.test(.live) { client in
            let signIn = try #require(try await client.send(.get, "/auth/authorize").headers[.setCookie])
            let ofSignIn: Set = ["Path=/my/netatmo/auth", "Max-Age=600", "HttpOnly", "SameSite=Lax", "Secure"]
            #expect(cookieAttributes(signIn) == ofSignIn)
            let form = try #require(try await client.send(.get, "/my/netatmo/").headers[.setCookie])
            #expect(cookieAttributes(form) == ["Path=/my/netatmo/", "Max-Age=86400", "HttpOnly", "SameSite=Strict", "Secure"])
        }
        let odd = ExporterSite(externalURL: "http://localhost/a;b", port: { nil })
        let cookie = try ExporterCookie.form.cookie(SampleTokens.secret("c"), for: odd).description
        #expect(cookieAttributes(cookie) == ["Path=/", "Max-Age=86400", "HttpOnly", "SameSite=Strict"], "no attribute of the path's")
        #expect(throws: (any Error).self, "nor of the value's") {
            try ExporterCookie.form.cookie(SampleTokens.secret("c; Domain=example"), for: odd)
        }
    }

    @Test("A browser that began by another name goes on to it below the same path")
    func otherName() async throws {
        let bench = WebBench(externalURL: "http://localhost/my")
        let (state, _) = try await bench.desk.sendBrowser(from: "127.0.0.1")
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, "/my/auth/callback?state=\(state.reveal())&code=c")
            #expect(answer.headers[.location] == "http://127.0.0.1:80/my/auth/callback?state=\(state.reveal())&code=c")
        }
    }

    @Test("The addresses to sign in with, the phone's and the redirect URI are below it")
    func offers() async throws {
        try await EngineBench.run(externalURL: "https://weather.example/my/netatmo") { bench in
            _ = try await bench.url("/")
            let offer = try #require(await bench.engine.offerSignIn())
            let start = "https://weather.example/my/netatmo/auth/authorize"
            #expect(offer.localURL.reveal().hasPrefix("\(start)?key="))
            #expect(offer.browserURL == start)
            if case .complete(let phone) = offer.phone { #expect(phone == offer.localURL) } else { Issue.record("no address for a phone") }
            #expect(offer.netatmoURL.reveal().contains("&redirect_uri=https%3A%2F%2Fweather.example%2Fmy%2Fnetatmo%2Fauth%2Fcallback&"))
        }
    }

    @Test(
        "Slashes at its end and doubled ones mean nothing",
        arguments: ["http://h.example/a/b", "http://h.example/a/b/", "http://h.example//a//b//"])
    func slashes(url: String) {
        let site = ExporterSite(externalURL: url, port: { 9210 })
        #expect(site.address(of: .home) == "/a/b/")
        #expect(site.address(of: .callback) == "/a/b/auth/callback")
    }
}
