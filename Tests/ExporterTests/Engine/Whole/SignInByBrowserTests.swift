import Foundation
import NetatmoSimulator
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("Signing in with a browser on the simulator")
struct SignInByBrowserTests {
    @Test("The address of the dashboard leads through NetAtmo to readings at once")
    func accepted() async throws {
        try await EngineBench.run { bench in
            _ = try await bench.url("/")
            #expect(bench.state == .missing)
            let offer = try #require(await bench.engine.offerSignIn())
            #expect(offer.expires == SampleStations.now(600))
            let start = try await bench.browser.open(offer.localURL.reveal())
            #expect(start.status == 302)
            #expect(bench.store.snapshot.signIn == .waitingForNetatmo(since: SampleStations.now))
            let end = try await bench.browser.decide("accept", at: try #require(start.location))
            let home = try await bench.browser.get(end)
            #expect(home.status == 302)
            #expect(home.location == "/")
            try await bench.isUp()
            #expect(bench.state == .valid)
            #expect(bench.store.snapshot.signIn == .succeeded(until: SampleStations.now(10_800)))
            #expect(bench.storage.attributes?.refreshToken != nil)
            #expect(try await bench.browser.open(offer.localURL.reveal()).status == 403, "the key is used up")
            #expect(try await bench.browser.get(end).status == 400, "the answer is used up")
            #expect(bench.state == .valid)
        }
    }

    @Test("Without a key, the answer is for the browser that asked alone")
    func otherBrowser() async throws {
        try await EngineBench.run { bench in
            let start = try await bench.browser.get(bench.url("/auth/authorize"))
            let end = try await bench.browser.decide("accept", at: try #require(start.location))
            #expect(try await bench.browser.another.get(end).status == 400)
            #expect(bench.state == .missing)
            #expect(try await bench.browser.get(end).status == 302)
            #expect(bench.state == .valid)
        }
    }

    @Test("A refusal is told and changes nothing")
    func denied() async throws {
        try await EngineBench.run { bench in
            let start = try await bench.browser.get(bench.url("/auth/authorize"))
            let end = try await bench.browser.decide("deny", at: try #require(start.location))
            let answer = try await bench.browser.get(end)
            #expect(answer.status == 400)
            #expect(answer.body == "Signing in failed: access was denied at NetAtmo\n")
            #expect(bench.state == .missing)
            #expect(bench.storage.writeAttempts == 0)
        }
    }

    @Test("From another machine: NetAtmo's page there, and the address where it ends is pasted here, broken into lines")
    func pasted() async throws {
        try await EngineBench.run { bench in
            _ = try await bench.url("/")
            let offer = try #require(await bench.engine.offerSignIn())
            var end = try await bench.browser.decide("accept", at: offer.netatmoURL.reveal())
            end.insert("\n", at: end.index(end.startIndex, offsetBy: 40))
            let until = try await bench.engine.signIn(pasting: SampleTokens.secret("  \(end)\r\n"))
            #expect(until == SampleStations.now(10_800))
            try await bench.isUp()
            await #expect(throws: SignInError.unknownState) { try await bench.engine.signIn(pasting: SampleTokens.secret(end)) }
        }
    }

    @Test("The form of the home page takes a refresh token of the developer portal")
    func form() async throws {
        try await EngineBench.run { bench in
            let token = await bench.netatmo.issueTokens().refresh
            let answer = try await bench.browser.bring(token, to: bench.url("/"))
            #expect(answer.status == 302)
            try await bench.isUp()
            let wrong = try await bench.browser.bring("wrong-wrong-wrong", to: bench.url("/"))
            #expect(wrong.status == 400)
            #expect(bench.state == .valid, "the token at hand is not touched")
        }
    }

    @Test("Rubbish is refused without a request")
    func rubbish() async throws {
        try await EngineBench.run { bench in
            await #expect(throws: SignInError.unreadable(.tooShort)) {
                try await bench.engine.signIn(pasting: SampleTokens.secret("rubbish"))
            }
            #expect(await bench.netatmo.requestCount == 0)
        }
    }
}
