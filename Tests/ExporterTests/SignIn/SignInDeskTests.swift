import Foundation
import Netatmo
import Testing
import TestSupport

@testable import Exporter

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
}
