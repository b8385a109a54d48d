import Glibc
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo
@testable import OperatingSystem

@Suite("Which requests come from this machine")
struct TrustTests {
    /// What proxies, content networks, tunnels and the like put into the requests that they send on.
    static let forwarding = [
        "Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Server",
        "X-Forwarded-Prefix", "X-Forwarded-Ssl", "X-Forwarded-Scheme", "X-Forwarded-Method", "X-Forwarded-Uri", "X-Forwarded",
        "X-Forward-For",
        "Forwarded-For", "X-Real-IP", "X-Real-Port", "Client-IP", "X-Client-IP", "X-Cluster-Client-IP", "True-Client-IP",
        "Fastly-Client-IP",
        "Fly-Client-IP", "CF-Connecting-IP", "CF-Ray", "CF-Visitor", "CF-IPCountry", "CDN-Loop", "X-Original-URL", "X-Original-URI",
        "X-Original-Host", "X-Original-Forwarded-For", "X-Rewrite-URL", "X-Envoy-External-Address", "X-Envoy-Expected-Rq-Timeout-Ms",
        "Tailscale-User-Login", "Tailscale-User-Name", "X-ProxyUser-Ip", "Proxy-Connection", "X-Proxy-Id", "X-Amzn-Trace-Id",
        "X-Amz-Cf-Id", "X-ARR-ClientIP", "X-ARR-SSL", "X-Azure-ClientIP", "X-Azure-FDID", "X-Cloud-Trace-Context",
        "X-AppEngine-User-IP", "Fastly-FF", "X-Varnish", "Fly-Forwarded-Proto", "X-Request-ID", "X-Request-Start", "X-Correlation-ID",
        "X-B3-TraceId", "traceparent", "X-Scheme", "X-Url-Scheme", "X-Host", "X-Remote-Addr", "X-Remote-User", "Remote-User",
        "X-Auth-Request-User", "X-Webauth-User", "X-Authentik-Username", "X-Ingress-Path", "X-Hassio-Key", "X-Traefik-Router",
        "X-Replaced-Path", "X-SSL-Cert", "SSL-Client-Cert", "Front-End-Https", "X-Vercel-Id", "X-NF-Client-Connection-IP", "Ngrok-Trace-Id",
        "Akamai-Origin-Hop", "X-Akamai-Edgescape", "X-Sucuri-ClientIP", "Ali-CDN-Real-IP", "Surrogate-Capability", "Max-Forwards",
        "Early-Data",
        "X-Bluecoat-Via", "X-Newly-Invented", "Authorization",
    ]

    /// What browsers and commands send of themselves.
    private static let direct: [[String: String]] = [
        ["User-Agent": "curl/8.5.0", "Accept": "*/*"],
        [
            "Connection": "keep-alive", "sec-ch-ua": "\"Chromium\";v=\"130\"", "sec-ch-ua-mobile": "?0", "sec-ch-ua-platform": "\"Linux\"",
            "Upgrade-Insecure-Requests": "1", "User-Agent": "Mozilla/5.0", "Accept": "text/html", "Sec-Fetch-Site": "none",
            "Sec-Fetch-Mode": "navigate", "Sec-Fetch-User": "?1", "Sec-Fetch-Dest": "document", "Sec-Purpose": "prefetch",
            "Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "en", "Cookie": "a=b", "Cache-Control": "max-age=0",
        ],
        [
            "User-Agent": "Mozilla/5.0", "Accept": "text/html", "Accept-Language": "en", "Accept-Encoding": "gzip, deflate", "DNT": "1",
            "Sec-GPC": "1", "Priority": "u=0, i", "Pragma": "no-cache", "Referer": "http://localhost/", "Connection": "Keep-Alive",
        ],
    ]

    /// Whether a browser that begins to sign in is sent to NetAtmo, and whether the page offers it.
    private func isTrusted(_ bench: WebBench, headers: [String: String]) async throws -> Bool {
        try await bench.test(.live) { client in
            let page = try await client.send(.get, "/", headers: headers).text
            let status = try await client.send(.get, "/auth/authorize", headers: headers).status
            #expect(page.contains(#"<body class="remote">"#) == (status != .found), "the page offers what works")
            #expect(status == .found || status == .forbidden)
            #expect((bench.desk.status == .idle) == (status != .found))
            return status == .found
        }
    }

    @Test("A field that a proxy put in there takes the trust, whatever it says", arguments: forwarding, ["127.0.0.1", ""])
    func forwarded(name: String, value: String) async throws {
        let bench = WebBench()
        #expect(try await !isTrusted(bench, headers: [name: value]))
        #expect(bench.desk.events.isEmpty)
    }

    @Test("What browsers send of themselves leaves it", arguments: direct)
    func browsers(headers: [String: String]) async throws {
        #expect(try await isTrusted(WebBench(), headers: headers))
    }

    @Test(
        "A browser is trusted as a person's or the program's own user's, as the kernel tells it of both ends of its connection",
        arguments: [33, 0, 999, 60_000, 65_534, nil, 1000, 59_999, geteuid()] as [UInt32?])
    func peersUser(user: UInt32?) async throws {
        let ends = Mutex<[String]>([])
        let bench = WebBench(peer: { peer, own in
            ends.withLock { $0.append("\(peer.ipAddress ?? "") \(own.ipAddress ?? "") \(own.port != peer.port)") }
            return user
        })
        let isPerson = user.map { $0 == geteuid() || (1000...59_999).contains($0) } ?? false
        #expect(try await isTrusted(bench, headers: [:]) == isPerson)
        #expect(ends.withLock { Set($0) } == ["127.0.0.1 127.0.0.1 true"], "it was asked about the connection")
    }

    @Test("With an external URL of another machine nobody is trusted by where they are; of this one they are")
    func externalURL() async throws {
        for url in [
            "https://weather.example", "http://192.168.1.20:9210", "http://weather.localhost", "http://127.evil.example",
            "http://[fd00::1]",
        ] {
            #expect(try await !isTrusted(WebBench(externalURL: url), headers: [:]), "\(url)")
        }
        for url in ["http://127.0.0.1:9210", "http://localhost:8080/netatmo", "https://LOCALHOST", "http://[::1]:9210", "http://127.8.9.1"]
        {
            #expect(try await isTrusted(WebBench(externalURL: url), headers: [:]), "\(url)")
        }
    }

    @Test("A browser has to know it by a loopback name and its own port")
    func names() {
        for host in ["localhost:9210", "LOCALHOST:9210", "127.0.0.1:9210", "127.255.255.254:9210", "[::1]:9210"] {
            #expect(LoopbackAuthority(host, port: 9210)?.description == host.lowercased())
        }
        for host in [
            "localhost", "localhost:8080", "127.0.0.1", "127.0.0.1:80", "[::1]", "192.168.1.20:9210", "weather.example:9210",
            "weather.localhost:9210", "localhost.evil.example:9210", "127.evil.example:9210", "127.0.0.1.evil.example:9210", "0.0.0.0:9210",
            "[::]:9210", "[::ffff:127.0.0.1]:9210", "localhost:9210@evil.example", "", ":9210", "localhost:", "localhost:09210x",
            "127.1:9210",
        ] {
            #expect(LoopbackAuthority(host, port: 9210) == nil, "\(host)")
        }
        #expect(LoopbackAuthority("localhost", port: 80)?.description == "localhost:80", "browsers leave that port out")
        #expect(LoopbackAuthority("[::1]", port: 80)?.description == "[::1]:80")
    }

    @Test(
        "A request as browsers send none was sent on by a proxy",
        arguments: [
            ("GET /auth/authorize HTTP/1.1\r\nHost: localhost\r\n\r\n", true),
            ("GET /auth/authorize HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n", true),
            ("GET /auth/authorize HTTP/1.0\r\nHost: localhost\r\n\r\n", false),
            ("GET /auth/authorize HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n", false),
            ("GET /auth/authorize HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", false),
            ("GET /auth/authorize HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive, close\r\n\r\n", false),
            ("GET /auth/authorize HTTP/1.1\r\nHost: localhost:8080\r\n\r\n", false),
            ("GET /auth/authorize HTTP/1.1\r\nHost: 192.168.1.20\r\n\r\n", false),
        ]
    )
    func raw(request: String, isTrusted: Bool) async throws {
        let bench = WebBench()
        try await bench.test(.live) { client in
            let connection = try RawConnection(port: try #require(client.port))
            connection.send(request)
            let head = await connection.read(upTo: "\r\n\r\n")
            #expect(head.hasPrefix(isTrusted ? "HTTP/1.1 302 " : "HTTP/1.1 403 "), "\(head)")
        }
        #expect(bench.desk.events == (isTrusted ? [.signInStarted] : []))
    }

    @Test(
        "An answer goes on to no foreign name, and to no other machine's browser",
        arguments: ["192.168.1.20", "weather.example", "localhost:8080", "localhost"])
    func foreignName(host: String) async throws {
        let bench = WebBench(knownHosts: ["weather.example"])
        try await bench.test(.live) { client in
            let connection = try RawConnection(port: try #require(client.port))
            connection.send("GET /auth/authorize HTTP/1.1\r\nHost: \(host)\r\nX-Real-IP: x\r\n\r\n")
            #expect(await connection.read(upTo: "</html>\n").hasPrefix("HTTP/1.1 403 "))
            let (state, _) = try await bench.desk.sendBrowser(from: "127.0.0.1")
            connection.send("GET /auth/callback?state=\(state.reveal())&code=c HTTP/1.1\r\nHost: \(host)\r\nX-Forwarded-For: x\r\n\r\n")
            let answer = await connection.read(upTo: "\r\n\r\n")
            #expect(answer.contains("HTTP/1.1 400 ") && !answer.lowercased().contains("location:"), "\(answer)")
        }
        #expect(bench.desk.performed.isEmpty)
    }
}
