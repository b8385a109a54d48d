import Foundation
import NetatmoSimulator
import ServiceLifecycle
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Server
@testable import OperatingSystem

@Suite("The exporter where a token could not be saved")
struct UnsavableTokenTests {
    private static let error = TokenFileError(
        path: "/secret/place/token.json", cause: .system(FileError(operation: "create a new file beside it", code: EACCES)))
    private static let reason = "can't create a new file beside it: Permission denied"
    private static let remedy = "let the user who runs this program write to its directory"

    @Test("says so wherever it can be asked, with what to do and without the path, and asks nothing of NetAtmo")
    func told() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly, blocked: Self.error) { bench in
            try await bench.store.event("the reason") { if case .savingBlocked = $0 { true } else { false } }
            let readiness = try await bench.browser.get(try await bench.url("/readyz"))
            #expect(readiness.status == 503)
            let metrics = try await bench.browser.get(try await bench.url("/metrics"))
            #expect(metrics.body.contains("netatmo_exporter_token_saved 0\n"))
            let status = try await bench.browser.get(try await bench.url("/api/status"))
            let told = #""reason":"\#(Self.reason)","remedy":"\#(Self.remedy)","text":"\#(Self.reason); \#(Self.remedy)""#
            #expect(status.body.contains(#""saving":{"at":null,"error":{"kind":"file",\#(told)}"#))
            #expect(status.body.contains(#""state":"blocked""#))
            let page = try await bench.browser.get(try await bench.url("/"))
            for body in [readiness.body, status.body, page.body.replacing("&#39;", with: "'")] {
                #expect(body.contains(Self.reason) && body.contains(Self.remedy), "\(body)")
                #expect(!body.contains("/secret/place"))
            }
            #expect(await bench.netatmo.requestCount == 0)
        }
    }

    @Test("refuses a sign-in before what it brings is spent; once a token can be saved, the same is good")
    func signIn() async throws {
        try await EngineBench.run(blocked: Self.error) { bench in
            let brought = SampleTokens.secret(await bench.netatmo.issueTokens().refresh)
            _ = try await bench.url("/")
            await #expect(throws: SignInError.notSavable(Self.error)) { try await bench.engine.signIn(pasting: brought) }
            guard case .failed(let reason) = bench.store.snapshot.signIn else { throw NothingCame(what: "the failure") }
            #expect(reason.contains(Self.reason) && reason.contains(Self.remedy))
            #expect(await bench.netatmo.requestCount == 0)
            bench.storage.block(with: nil)
            _ = try await bench.engine.signIn(pasting: brought)
            #expect(bench.state == .valid)
        }
    }

    @Test("sends no browser to NetAtmo and announces no key; once a token can be saved, the key from before is good and one is announced")
    func browser() async throws {
        let journal = Journal()
        try await EngineBench.run(announceSignIn: { _ in journal.note("announced") }, blocked: Self.error) { bench in
            _ = try await bench.url("/")
            let offer = try #require(await bench.engine.offerSignIn())
            #expect(bench.store.snapshot.token.obstacle == Self.error, "who is offered a sign-in can be told")
            for _ in 0..<3 {
                let pages = [
                    try await bench.browser.get(try await bench.url("/auth/authorize")),
                    try await bench.browser.open(offer.localURL.reveal()),
                    try await bench.browser.bring("brought-refresh-token", to: try await bench.url("/")),
                ]
                for page in pages {
                    #expect(page.status == 503 && page.location == nil)
                    #expect(page.body.contains(Self.reason) && page.body.contains(Self.remedy), "\(page.body)")
                }
            }
            #expect(await bench.netatmo.requestCount == 0)
            #expect(journal.entries.isEmpty)
            #expect(bench.events.count { if case .savingBlocked = $0 { true } else { false } } == 1, "told once")
            #expect(!bench.events.contains { if case .signInFailed = $0 { true } else { $0 == .signInStarted } })
            bench.storage.block(with: nil)
            #expect(try await bench.browser.open(offer.localURL.reveal()).status == 302)
            #expect(bench.store.snapshot.token.obstacle == nil)
            bench.clock.advance(by: .seconds(600))
            // A sign-in that failed is over, and its failure is news.
            _ = try? await bench.engine.signIn(pasting: SampleTokens.secret("rubbish-refresh-token"))
            _ = try await until("a key", every: .milliseconds(1)) { !journal.entries.isEmpty ? true : nil }
        }
    }
}

@Suite("What waits until the exporter listens")
struct OnceListeningTests {
    /// Notes that it runs, until it is told to stop.
    private struct Noted: Service {
        let journal: Journal

        func run() async throws {
            journal.note("runs")
            try await gracefulShutdown()
        }
    }

    @Test("begins then, and not before")
    func begins() async throws {
        let (listening, journal) = (Promise<Int>(), Journal())
        try await running([OnceListening(service: Noted(journal: journal), listening: listening)]) { _ in
            for _ in 0..<100 { await Task.yield() }
            #expect(journal.entries.isEmpty)
            listening.resolve(9210)
            _ = try await until("it to run", every: .milliseconds(1)) { !journal.entries.isEmpty ? true : nil }
        }
    }

    @Test("never begins where the program stops before")
    func never() async throws {
        let journal = Journal()
        try await running([OnceListening(service: Noted(journal: journal), listening: Promise())]) { _ in }
        #expect(journal.entries.isEmpty)
    }

    @Test("is whatever leads to a request to NetAtmo")
    func engine() {
        let configuration = ExporterConfiguration(
            address: ListenAddress(host: "127.0.0.1", port: 0), externalURL: nil, apiURL: "http://127.0.0.1:1",
            credentials: SampleTokens.credentials, refreshInterval: .seconds(480), staleAge: .seconds(3600), debugHandlers: false,
            renewExpired: false, build: BuildInformation(version: "1", commit: "a")
        )
        let engine = ExporterEngine(
            configuration: configuration, storage: MemoryTokenStorage(), transport: ScriptedTransport(), logger: CollectedLog().logger)
        let waiting = engine.services.filter { $0.service is OnceListening }
        #expect(waiting.count == 2, "the token's keeper and the stations' poller")
        #expect(ExporterService(engine: engine, logger: CollectedLog().logger).services.contains { $0.service is ExporterServer })
    }
}
