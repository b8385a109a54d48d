import Foundation
import NetatmoSimulator
import Synchronization
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo
@testable import OperatingSystem

@Suite("Secrets")
struct SecrecyTests {
    /// Everything that the exporter let out, and everything that it must not.
    private final class Evidence: Sendable {
        private let pages = Mutex<[String]>([])
        private let secrets = Mutex<Set<String>>([])

        func add(_ page: Browser.Page, exceptLocation: Bool = false) {
            let headers = page.headers.filter { !exceptLocation || $0.name.lowercased() != "location" }
            pages.withLock { $0.append("\(headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n"))\n\(page.body)") }
        }

        func add(secret: String) {
            secrets.withLock { _ = $0.insert(secret) }
        }

        /// The texts in which a secret is found, as it is or percent-encoded.
        func leaks(in more: [String]) -> [String] {
            let secrets = secrets.withLock { $0 }
            let forms = secrets + secrets.compactMap { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) }
            return (pages.withLock { $0 } + more).filter { text in forms.contains { text.contains($0) } }
        }

        var counts: (pages: Int, secrets: Int) { (pages.withLock { $0.count }, secrets.withLock { $0.count }) }
    }

    @Test("No secret is in any body, header, log line, event or description of a whole run at level trace")
    func wholeRun() async throws {
        let evidence = Evidence()
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly) { bench in
            evidence.add(secret: SampleTokens.credentials.secret.reveal())
            try await bench.isUp()
            try await signIn(bench, evidence)
            try await visit(bench, evidence)
            bench.clock.advance(by: .seconds(11))
            await bench.netatmo.inject(.invalidGrant, on: .token)
            _ = await bench.engine.requestRenewal()
            try await bench.store.event("the failure") { if case .renewalFailed = $0 { true } else { false } }
            try await visit(bench, evidence)
            try await bench.sleepThrough(until: "a renewal") { $0.token.renewal == .idle }
            bench.clock.advance(by: .seconds(11))
            bench.storage.failWrites(with: MemoryTokenStorage.diskIsFull)
            _ = await bench.engine.requestRenewal()
            try await bench.store.event("the failure") { if case .saveFailed = $0 { true } else { false } }
            try await visit(bench, evidence)
            bench.storage.failWrites(with: nil)
            await bench.netatmo.revokeAll()
            try await bench.sleepThrough(until: "the rejection") { $0.token.state(at: .distantPast) == .rejected }
            try await visit(bench, evidence)
            for token in bench.storage.writes {
                evidence.add(secret: token.accessToken.reveal())
                if let refresh = token.refreshToken { evidence.add(secret: refresh.reveal()) }
            }
            var dump = ""
            Swift.dump(bench.store.snapshot, to: &dump)
            Swift.dump(bench.storage.writes, to: &dump)
            #expect(evidence.counts.pages >= 30)
            #expect(evidence.counts.secrets >= 12)
            #expect(bench.log.lines.count > 20)
            #expect(evidence.leaks(in: bench.log.lines + [dump, "\(bench.store.snapshot)"]) == [])
        }
    }

    /// Signs in by browser, by form and by a paste, with failures in between.
    private func signIn(_ bench: EngineBench, _ evidence: Evidence) async throws {
        let offer = try #require(await bench.engine.offerSignIn())
        let key = try #require(offer.localURL.reveal().split(separator: "=").last)
        evidence.add(secret: String(key))
        let start = try await bench.browser.open(offer.localURL.reveal())
        // The address of NetAtmo's page has to hold the state.
        evidence.add(start, exceptLocation: true)
        // The page with the button holds the key of its own address, and of no other.
        evidence.add(try await bench.browser.open(offer.localURL.reveal()))
        let end = try await bench.browser.decide("accept", at: try #require(start.location))
        let query = try #require(URLComponents(string: end)?.queryItems)
        for item in query { evidence.add(secret: try #require(item.value)) }
        evidence.add(try await bench.browser.get(end))
        evidence.add(try await bench.browser.get(end))
        let brought = await bench.netatmo.issueTokens()
        evidence.add(secret: brought.access)
        evidence.add(secret: brought.refresh)
        let home = try await bench.url("/")
        evidence.add(try await bench.browser.bring(brought.refresh, to: home))
        evidence.add(secret: "foreign-refresh-token-77")
        evidence.add(try await bench.browser.bring("foreign-refresh-token-77", to: home))
        evidence.add(
            try await bench.browser.post(home + "auth/settoken", form: "refresh_token=foreign-refresh-token-77&key=foreign-key-88"))
        evidence.add(secret: "foreign-key-88")
        await #expect(throws: SignInError.self) {
            try await bench.engine.signIn(pasting: SampleTokens.secret("foreign-refresh-token-77"))
        }
        evidence.add(try await bench.browser.get(bench.url("/auth/settoken?refresh_token=foreign-refresh-token-77")))
        evidence.add(try await bench.browser.get(bench.url("/foreign-refresh?token=foreign-refresh-token-77")))
    }

    private func visit(_ bench: EngineBench, _ evidence: Evidence) async throws {
        for path in ["/", "/metrics", "/version", "/api/status", "/readyz", "/debug/data", "/debug/token", "/nothing"] {
            evidence.add(try await bench.browser.get(bench.url(path)))
        }
        evidence.add(try await bench.browser.get(bench.url("/auth/authorize"), headers: [("X-Forwarded-For", "10.0.0.1")]))
    }
}
