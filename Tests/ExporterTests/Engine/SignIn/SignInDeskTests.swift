import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("The sign-in desk")
struct SignInDeskTests {
    private let bench = DeskBench()

    @Test("A key of 128 bits is good once, and offers a sign-in")
    func key() async throws {
        let key = try #require(await bench.desk.issueKey())
        #expect(key.reveal().utf8.count == 22)
        #expect(bench.status == .offered(expires: SampleStations.now(600)))
        #expect(await bench.desk.redeem(key: key))
        #expect(await !bench.desk.redeem(key: key))
    }

    @Test("A key is no good after 10 minutes, nor is a foreign one, nor a state")
    func badKeys() async throws {
        let key = try #require(await bench.desk.issueKey())
        #expect(await !bench.desk.redeem(key: SampleTokens.secret("AQEBAQEBAQEBAQEBAQEBAR")))
        #expect(await !bench.desk.redeem(key: try bench.begin()))
        bench.clock.advance(by: .seconds(600))
        #expect(await !bench.desk.redeem(key: key))
    }

    @Test("NetAtmo's address has a state of 256 bits, another one each time")
    func authorizeURL() async throws {
        let first = try #require(await bench.desk.authorizeURL(redirectURI: bench.redirectURI))
        let second = try await bench.begin()
        #expect(
            first == "https://netatmo.test/oauth2/authorize?client_id=app-5f1e"
                + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A9210%2Fauth%2Fcallback&response_type=code&scope=read_station"
                + "&state=AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"
        )
        #expect(second.reveal() == "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI")
    }

    @Test("NetAtmo's answer is exchanged for a token")
    func complete() async throws {
        let (state, cookie) = try await bench.sendBrowser()
        #expect(bench.status == .waitingForNetatmo(since: SampleStations.now))
        let until = try await bench.desk.complete(
            bench.answer("state=\(state.reveal())&code=c-1"), cookies: [cookie], redirectURI: bench.redirectURI
        )
        #expect(until == SampleStations.now(10_800))
        #expect(bench.performed == [.exchange(code: SampleTokens.secret("c-1"), redirectURI: bench.redirectURI)])
        #expect(bench.status == .succeeded(until: until))
        #expect(bench.events == [.signInStarted, .signedIn(until: until)])
    }

    @Test(
        "An answer with a used, an old, a foreign or no state is refused, and changes nothing",
        arguments: ["used", "old", "foreign", "none"])
    func unknownState(kind: String) async throws {
        let state = try await bench.begin()
        switch kind {
        case "used": _ = try await bench.desk.complete(bench.answer("state=\(state.reveal())&code=c"), redirectURI: bench.redirectURI)
        case "old": bench.clock.advance(by: .seconds(600))
        default: break
        }
        let text = ["foreign": "state=\(UUID())&code=c", "none": "code=c"][kind] ?? "state=\(state.reveal())&code=c"
        let (status, events, orders) = (bench.status, bench.events, bench.performed)
        await #expect(throws: SignInError.unknownState) {
            try await bench.desk.complete(bench.answer(text), redirectURI: bench.redirectURI)
        }
        #expect(bench.status == status)
        #expect(bench.events == events)
        #expect(bench.performed == orders)
    }

    @Test("A refusal is told, needs the state too, and uses it up")
    func denied() async throws {
        let state = try await bench.begin()
        let answer = try bench.answer("error=access_denied&state=\(state.reveal())")
        await #expect(throws: SignInError.denied("access_denied")) {
            try await bench.desk.complete(answer, redirectURI: bench.redirectURI)
        }
        #expect(bench.status == .failed(reason: "access was denied at NetAtmo"))
        #expect(bench.events == [.signInFailed(reason: "access was denied at NetAtmo")])
        await #expect(throws: SignInError.unknownState) {
            try await bench.desk.complete(answer, redirectURI: bench.redirectURI)
        }
    }

    @Test("A refresh token that the user brought is exchanged at once")
    func adopt() async throws {
        let token = SampleTokens.secret("brought-refresh-token")
        _ = try await bench.desk.adopt(refreshToken: token)
        #expect(bench.performed == [.adopt(refreshToken: token)])
    }

    @Test("Where the exchange fails the reason is told")
    func failure() async throws {
        let outage = NetatmoError(.outage, status: 503)
        let refusal = NetatmoError(.invalidGrant, status: 400, code: "invalid_grant")
        let unsavable = TokenFileError(path: "/secret/place", cause: .system(FileError(operation: "create", code: EACCES)))
        let outcomes: [(TokenOutcome, SignInError)] = [
            (.notSavable(unsavable), .notSavable(unsavable)),
            (.failed(outage), .netatmo(outage)), (.failed(refusal), .refusedToken), (.stopped, .stopping),
        ]
        for (outcome, expected) in outcomes {
            bench.end(with: outcome)
            await #expect(throws: expected) { try await bench.desk.adopt(refreshToken: SampleTokens.secret("brought")) }
            #expect(bench.status == .failed(reason: expected.description))
            #expect(!expected.description.contains("/secret/place"), "it is shown to browsers")
        }
    }

    @Test("A browser that begins again has one state, the last, and its cookie stays")
    func again() async throws {
        let first = try await bench.sendBrowser()
        let second = try await bench.sendBrowser(cookies: [SampleTokens.secret("foreign"), first.cookie])
        #expect(second.cookie == first.cookie)
        #expect(second.state != first.state)
        for (state, isGood) in [(first.state, false), (second.state, true)] {
            let answer = try bench.answer("state=\(state.reveal())&code=c")
            let date = try? await bench.desk.complete(answer, cookies: [first.cookie], redirectURI: bench.redirectURI)
            #expect((date != nil) == isGood)
        }
        #expect(bench.performed.count == 1)
    }

    @Test("A browser that begins again and again gets into the history once a minute of rest")
    func history() async throws {
        for (wait, count) in [(0.0, 1), (59, 1), (59, 1), (60, 2), (59, 2)] {
            bench.clock.advance(by: .seconds(wait))
            _ = try await bench.sendBrowser()
            #expect(bench.events == Array(repeating: .signInStarted, count: count))
        }
    }

    @Test("A browser that begins again and again pushes out no other one's state, nor a key or a state that was shown")
    func patient() async throws {
        let key = try #require(await bench.desk.issueKey())
        let (shown, other) = (try await bench.begin(), try await bench.sendBrowser())
        var cookies: [Secret] = []
        for _ in 0..<200 { cookies = [try await bench.sendBrowser(cookies: cookies).cookie] }
        #expect(await bench.desk.redeem(key: key))
        #expect(bench.events == [.signInStarted])
        bench.end(with: .failed(NetatmoError(.outage, status: 503)))
        for (state, cookies) in [(shown, []), (other.state, [other.cookie])] {
            await #expect(throws: SignInError.netatmo(NetatmoError(.outage, status: 503)), "it is known") {
                try await bench.desk.complete(
                    bench.answer("state=\(state.reveal())&code=c"), cookies: cookies, redirectURI: bench.redirectURI)
            }
        }
    }

    @Test("Once somebody signed in, all keys and states are void", arguments: ["code", "refresh token"])
    func voided(way: String) async throws {
        let keys = [try #require(await bench.desk.issueKey()), try #require(await bench.desk.issueKey())]
        let (shown, sent, browser) = (try await bench.begin(), try await bench.begin(), try await bench.sendBrowser())
        await bench.desk.announceKey(isAskedFor: true)
        if way == "code" {
            _ = try await bench.desk.complete(bench.answer("state=\(sent.reveal())&code=c"), redirectURI: bench.redirectURI)
        } else {
            _ = try await bench.desk.adopt(refreshToken: SampleTokens.secret("brought-refresh-token"))
        }
        for key in keys + bench.announced { #expect(await !bench.desk.redeem(key: key)) }
        for state in [shown, browser.state] {
            await #expect(throws: SignInError.unknownState) {
                try await bench.desk.complete(
                    bench.answer("state=\(state.reveal())&code=c"), cookies: [browser.cookie], redirectURI: bench.redirectURI)
            }
        }
        #expect(await bench.desk.authority(ofState: browser.state) == nil)
        #expect(bench.performed.count == 1)
        let new = try #require(await bench.desk.issueKey())
        #expect(await bench.desk.redeem(key: new), "new ones are good")
    }

    @Test("A sign-in that fails leaves the keys and states of others")
    func notVoided() async throws {
        let (key, state) = (try #require(await bench.desk.issueKey()), try await bench.begin())
        bench.end(with: .failed(NetatmoError(.invalidGrant, status: 400, code: "invalid_grant")))
        await #expect(throws: SignInError.refusedToken) { try await bench.desk.adopt(refreshToken: SampleTokens.secret("brought")) }
        #expect(await bench.desk.redeem(key: key))
        await #expect(throws: SignInError.refusedCode) {
            try await bench.desk.complete(bench.answer("state=\(state.reveal())&code=c"), redirectURI: bench.redirectURI)
        }
    }

    @Test(
        "Where NetAtmo does not know the app or its redirect URI, what to do is said, on the screen and in the history",
        arguments: [
            ("redirect_uri_mismatch", "enter exactly that as the redirect URI of your app at dev.netatmo.com"),
            ("invalid_client", "does not know this client ID and secret"),
            ("unauthorized_client", "does not know this client ID and secret"),
        ], [true, false])
    func settings(of app: (word: String, hint: String), isAnsweredByToken: Bool) async throws {
        let (word, hint) = app
        let kind = word == "invalid_client" ? NetatmoError.Kind.invalidClient : .refused
        bench.end(with: .failed(NetatmoError(kind, status: 400, code: word)))
        let answer = isAnsweredByToken ? "code=c" : "error=\(word)"
        let state = try await bench.begin().reveal()
        await #expect(throws: SignInError.self) {
            try await bench.desk.complete(bench.answer("\(answer)&state=\(state)"), redirectURI: bench.redirectURI)
        }
        guard case .failed(let reason) = bench.status else { throw NothingCame(what: "the failure") }
        #expect(reason.contains(hint))
        #expect(reason.contains(bench.redirectURI) == (word == "redirect_uri_mismatch"))
        #expect(bench.events == [.signInFailed(reason: reason)])
    }
}
