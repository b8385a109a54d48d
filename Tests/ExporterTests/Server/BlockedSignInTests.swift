import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("Signing in through a browser while a new token could not be saved")
struct BlockedSignInTests {
    private static let error = TokenFileError(
        path: "/secret/place/token.json", cause: .system(FileError(operation: "create a new file beside it", code: EACCES)))

    private let bench = WebBench()

    /// A refusal that tells what stands in the way and what to do, and not where the file is.
    private func expectRefusal(_ answer: TestResponse, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(answer.status == .serviceUnavailable, sourceLocation: sourceLocation)
        #expect(answer.headers[.location] == nil && answer.headers[.setCookie] == nil, sourceLocation: sourceLocation)
        for part in ["a new token could not be saved", Self.error.reason, Self.error.remedy] {
            #expect(answer.text.contains(part), "\(answer.text)", sourceLocation: sourceLocation)
        }
        #expect(!answer.text.contains("/secret/place"), sourceLocation: sourceLocation)
    }

    @Test("No browser of this machine is sent away, and none of it gets into the history")
    func authorize() async throws {
        bench.desk.block(with: Self.error)
        try await bench.test(.live) { client in
            for _ in 0..<3 { expectRefusal(try await client.send(.get, "/auth/authorize")) }
            #expect(bench.desk.events.isEmpty)
            #expect(bench.desk.status == .idle)
            bench.desk.block(with: nil)
            #expect(try await client.send(.get, "/auth/authorize").status == .found, "it is asked anew each time")
        }
    }

    @Test("A one-time key is not spent, neither for a browser nor for a refresh token", arguments: ["authorize", "settoken"])
    func key(path: String) async throws {
        let key = try #require(await bench.desk.desk.issueKey()).reveal()
        let body = "key=\(key)&refresh_token=brought-refresh-token"
        bench.desk.block(with: Self.error)
        try await bench.test(.live) { client in
            for _ in 0..<2 { expectRefusal(try await client.send(.post, "/auth/\(path)", headers: ["Via": "1.1 proxy"], body: body)) }
            #expect(bench.desk.events.isEmpty && bench.desk.performed.isEmpty)
            bench.desk.block(with: nil)
            #expect(try await client.send(.post, "/auth/\(path)", headers: ["Via": "1.1 proxy"], body: body).status == .found)
            #expect(try await client.send(.post, "/auth/\(path)", headers: ["Via": "1.1 proxy"], body: body).status == .forbidden)
        }
    }

    @Test("The form of the home page is refused so too, and asks nothing of NetAtmo")
    func form() async throws {
        try await bench.test(.live) { client in
            let page = try await client.home()
            bench.desk.block(with: Self.error)
            let body = "form_token=\(page.token)&refresh_token=brought-refresh-token"
            expectRefusal(try await client.send(.post, "/auth/settoken", headers: page.cookie, body: body))
            #expect(bench.desk.performed.isEmpty && bench.desk.events.isEmpty)
            bench.desk.block(with: nil)
            #expect(try await client.send(.post, "/auth/settoken", headers: page.cookie, body: body).status == .found)
        }
    }

    @Test("Strangers are refused as ever, and nothing is tried for them")
    func strangers() async throws {
        bench.desk.block(with: Self.error)
        bench.store.update { $0.token = TokenStatus(saving: .blocked(Self.error, next: SampleStations.now(60))) }
        try await bench.test(.live) { client in
            let headers = ["Via": "1.1 proxy"]
            let body = "refresh_token=brought-refresh-token"
            let answers = [
                try await client.send(.get, "/auth/authorize", headers: headers),
                try await client.send(.post, "/auth/authorize", headers: headers, body: "key=wrong"),
                try await client.send(.post, "/auth/settoken", headers: headers, body: body),
                try await client.send(.post, "/auth/settoken?key=wrong", headers: headers, body: body),
            ]
            for answer in answers { #expect(answer.status == .forbidden) }
        }
        #expect(bench.desk.timesAsked == 0)
        #expect(bench.desk.events.isEmpty)
    }

    @Test("NetAtmo's answer that comes meanwhile is refused before its state is used up")
    func callback() async throws {
        let state = try await bench.desk.begin().reveal()
        bench.desk.block(with: Self.error)
        try await bench.test(.live) { client in
            for _ in 0..<2 { expectRefusal(try await client.send(.get, "/auth/callback?state=\(state)&code=c")) }
            #expect(bench.desk.performed.isEmpty)
            bench.desk.block(with: nil)
            #expect(try await client.send(.get, "/auth/callback?state=\(state)&code=c").status == .found)
            #expect(try await client.send(.get, "/auth/callback?state=\(state)&code=c").status == .badRequest)
        }
    }

    @Test("An answer that nobody asked for is refused as ever: nothing is tried for it, and it gets nowhere")
    func strangersAnswer() async throws {
        bench.desk.block(with: Self.error)
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, "/auth/callback?state=made-up&code=c")
            #expect(answer.status == .badRequest)
        }
        #expect(bench.desk.timesAsked == 0)
        #expect(bench.desk.events.isEmpty)
        #expect(bench.desk.status == .idle)
    }

    @Test("The page of a key, the page for one and the home page say so as soon as it is known", arguments: ["?key=abc", "", "home"])
    func pages(query: String) async throws {
        try await bench.test(.live) { client in
            func page() async throws -> String {
                let path = query == "home" ? "/" : "/auth/authorize\(query)"
                return try await client.send(.get, path, headers: ["Via": "1.1 proxy"]).text.replacing("&#39;", with: "'")
            }
            let before = try await page()
            #expect(!before.contains("refused"))
            bench.store.update { $0.token = TokenStatus(saving: .blocked(Self.error, next: SampleStations.now(60))) }
            let text = try await page()
            for part in ["refused", Self.error.reason, Self.error.remedy] { #expect(text.contains(part), "\(text)") }
            #expect(!text.contains("/secret/place"))
        }
    }
}
