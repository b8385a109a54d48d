import Foundation
import HTTPTypes
import HummingbirdTesting
import Netatmo
import Testing
import TestSupport

@testable import Exporter

@Suite("The home page")
struct HomePageTests {
    @Test("It says the token's state and the readings', and links to what there is")
    func content() async throws {
        let bench = WebBench()
        bench.fill()
        try await bench.test(.live) { client in
            let html = try await client.send(.get, "/").text
            #expect(html.contains("<dd>valid, expires at 2026-11-23T19:58:05Z</dd>"))
            #expect(html.contains("<dd>7 modules, fetched at 2026-11-23T17:18:05Z</dd>"))
            for link in ["/metrics", "/version", "/auth/authorize"] { #expect(html.contains(#"href="\#(link)""#)) }
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
            #expect(answer.text.contains("<dd>missing; the last renewal failed: NetAtmo is out of order (HTTP 503)</dd>"))
            #expect(answer.text.contains("<dd>none yet; the last try failed: NetAtmo is out of order (HTTP 503)</dd>"))
        }
    }

    @Test("HTML in what comes from outside is escaped")
    func escaping() async throws {
        let bench = WebBench()
        let error = NetatmoError(.refused, message: #"<script>alert('1')</script> & "so on""#)
        bench.store.publish(DataStatus(lastAttempt: .init(time: SampleStations.now, duration: .zero, error: error)))
        try await bench.test(.router) { client in
            let html = try await client.send(.get, "/").text
            #expect(!html.contains("<script"))
            #expect(html.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;so on&quot;"))
        }
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

    @Test("Signing in is offered to this machine alone", arguments: ["router", "forwarded"])
    func elsewhere(kind: String) async throws {
        try await WebBench().test(kind == "router" ? .router : .live) { client in
            let html = try await client.send(.get, "/", headers: kind == "forwarded" ? ["X-Forwarded-For": "10.0.0.1"] : [:]).text
            #expect(!html.contains("/auth/"))
            #expect(html.contains("Signing in works from the machine that this exporter runs on."))
        }
    }
}
