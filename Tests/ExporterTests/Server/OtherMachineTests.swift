import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("Signing in from another machine, or by another site")
struct OtherMachineTests {
    private let bench = WebBench()
    private static let noKey =
        "Signing in from here needs a one-time key: press a in the dashboard, or see the log of serve, "
        + "which gives one while there is no token.\n"

    /// A request that a proxy forwards, from a page of another site, or with an origin of another site.
    static let strangers: [[String: String]] = [
        ["Forwarded": "for=127.0.0.1"], ["X-Forwarded-For": "127.0.0.1"], ["x-forwarded-for": "127.0.0.1"], ["X-Forwarded-Host": "x"],
        ["X-Real-IP": "127.0.0.1"], ["Via": "1.1 proxy"], ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"],
        ["Sec-Fetch-Site": "CROSS-SITE"], ["Sec-Fetch-Site": ""], ["Origin": "https://evil.example"], ["Origin": "http://localhost:1"],
        ["Sec-Fetch-Site": "cross-site", "Origin": "null"],
    ]

    @Test("Without a key nothing begins, and one line says where to find one", arguments: strangers)
    func noKey(headers: [String: String]) async throws {
        try await bench.test(.live) { client in
            let authorize = try await client.send(.get, "/auth/authorize", headers: headers)
            #expect(authorize.status == .forbidden)
            #expect(authorize.text.contains("<p>\(Self.noKey.dropLast())</p>"))
            #expect(authorize.headers[.location] == nil)
            #expect(try await client.send(.get, "/", headers: headers).headers[.setCookie] == nil, "a form is of no use there")
            let page = try await client.home()
            let form = "refresh_token=5f8d&form_token=\(page.token)"
            let settoken = try await client.send(.post, "/auth/settoken", headers: headers.merging(page.cookie) { $1 }, body: form)
            #expect(settoken.status == .forbidden)
            #expect(settoken.text == Self.noKey)
        }
        #expect(bench.desk.events.isEmpty)
        #expect(bench.desk.performed.isEmpty)
    }

    @Test("A request from nobody knows where needs a key too")
    func noAddress() async throws {
        // Without a connection there is no address that it comes from.
        try await bench.test(.router) { client in
            let authorize = try await client.send(.get, "/auth/authorize")
            let settoken = try await client.send(.post, "/auth/settoken", body: "refresh_token=5f8d")
            #expect([authorize.status, settoken.status] == [.forbidden, .forbidden])
        }
        #expect(bench.desk.performed.isEmpty)
    }

    @Test("With a key a sign-in begins, once", arguments: strangers)
    func authorize(headers: [String: String]) async throws {
        let key = try #require(await bench.desk.desk.issueKey()).reveal()
        try await bench.test(.live) { client in
            for status in [HTTPResponse.Status.found, .forbidden] {
                let answer = try await client.send(.post, "/auth/authorize", headers: headers, body: "key=\(key)")
                #expect(answer.status == status)
            }
        }
        #expect(bench.desk.events == [.signInStarted])
    }

    @Test("With a key, in the form or in the address, a refresh token is taken, once", arguments: strangers, [true, false])
    func setToken(headers: [String: String], isInForm: Bool) async throws {
        let key = try #require(await bench.desk.desk.issueKey()).reveal()
        try await bench.test(.live) { client in
            for status in [HTTPResponse.Status.found, .forbidden] {
                let path = "/auth/settoken" + (isInForm ? "" : "?key=\(key)")
                let answer = try await client.send(
                    .post, path, headers: headers, body: "refresh_token=5f8d" + (isInForm ? "&key=\(key)" : ""))
                #expect(answer.status == status)
            }
        }
        #expect(bench.desk.performed == [.adopt(refreshToken: SampleTokens.secret("5f8d"))])
    }

    @Test("A wrong, a used and an old key are refused, also from this machine", arguments: ["wrong", "used", "old", "cut", "longer"])
    func badKey(kind: String) async throws {
        let desk = bench.desk
        let key = try #require(await desk.desk.issueKey())
        switch kind {
        case "used": #expect(await desk.desk.redeem(key: key))
        case "old": desk.clock.advance(by: .seconds(600))
        default: break
        }
        let bad = ["wrong": "x", "cut": String(key.reveal().dropLast()), "longer": key.reveal() + "A"][kind] ?? key.reveal()
        try await bench.test(.live) { client in
            #expect(try await client.send(.post, "/auth/authorize", body: "key=\(bad)").status == .forbidden)
            let page = try await client.home()
            let form = "refresh_token=5f8d&form_token=\(page.token)&key=\(bad)"
            #expect(try await client.send(.post, "/auth/settoken", headers: page.cookie, body: form).status == .forbidden)
        }
        #expect(desk.performed.isEmpty)
        #expect(desk.events.isEmpty)
    }

    @Test("A page that hides where it is from may not begin a sign-in by a link")
    func hiddenOrigin() async throws {
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, "/auth/authorize", headers: ["Origin": "null"])
            #expect(answer.status == .forbidden)
        }
    }

    @Test("While somebody signs in, no other key is announced unless it is asked for")
    func announcer() async throws {
        let desk = bench.desk
        await desk.desk.announceKey(isAskedFor: false)
        #expect(desk.status == .idle)
        let key = try #require(desk.announced.first)
        #expect(await desk.desk.redeem(key: key))
        _ = await desk.desk.sendBrowserWithKey(redirectURI: desk.redirectURI)
        await desk.desk.announceKey(isAskedFor: false)
        #expect(desk.announced.count == 1)
        await desk.desk.announceKey(isAskedFor: true)
        #expect(desk.announced.count == 2)
        desk.clock.advance(by: .seconds(600))
        await desk.desk.announceKey(isAskedFor: false)
        #expect(desk.announced.count == 3)
    }

    @Test("While a sign-in would be refused, no key is announced, whoever asks; once it would not, one is")
    func announcerBlocked() async throws {
        let desk = bench.desk
        let error = MemoryTokenStorage.diskIsFull
        desk.block(with: error)
        await desk.desk.announceKey(isAskedFor: false)
        #expect(desk.timesAsked == 1, "it is found out before the first one")
        bench.store.update { $0.token = TokenStatus(saving: .blocked(error, next: SampleStations.now(60))) }
        for isAskedFor in [true, false] { await desk.desk.announceKey(isAskedFor: isAskedFor) }
        #expect(desk.announced.isEmpty)
        #expect(desk.timesAsked == 1, "what is known is not tried again for whoever asks")
        desk.block(with: nil)
        bench.store.update { $0.token = TokenStatus() }
        await desk.desk.announceKey(isAskedFor: false)
        #expect(desk.announced.count == 1)
    }

    @Test("Where a key is asked for and nobody watches a screen, one is announced, and no other before it is used or old")
    func announced() async throws {
        let bench = WebBench()
        try await bench.test(.live) { client in
            for seconds in [0, 599, 1, 1] {
                bench.desk.clock.advance(by: .seconds(seconds))
                _ = try await client.send(.get, "/auth/authorize", headers: ["Via": "1.1 proxy"])
            }
            #expect(bench.desk.announced.count == 2)
            let key = try #require(bench.desk.announced.last).reveal()
            let started = try await client.send(.post, "/auth/authorize", headers: ["Via": "1.1 proxy"], body: "key=\(key)")
            #expect(started.status == .found)
            _ = try await client.send(.get, "/auth/authorize", headers: ["Via": "1.1 proxy"])
            #expect(bench.desk.status == .waitingForNetatmo(since: bench.desk.clock.now), "a new key does not hide how far it is")
            #expect(bench.desk.announced.count == 3)
            bench.fill()
            bench.desk.clock.advance(by: .seconds(600))
            _ = try await client.send(.get, "/auth/authorize", headers: ["Via": "1.1 proxy"])
            #expect(bench.desk.announced.count == 3, "there is a token")
        }
    }
}

extension TestClientProtocol {
    /// Loads the home page: the token of its form, and the cookie that goes with it.
    func home(headers: [String: String] = [:]) async throws -> (token: Substring, cookie: [String: String]) {
        let page = try await send(.get, "/", headers: headers)
        let token = try #require(page.text.firstMatch(of: /name="form_token" value="([^"]+)"/)?.1)
        let cookie = try #require(page.headers[.setCookie]?.prefix { $0 != ";" })
        return (token, ["Cookie": String(cookie)])
    }
}
