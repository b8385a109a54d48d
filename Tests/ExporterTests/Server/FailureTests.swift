import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo
@testable import Server

@Suite("A request that the exporter fails at")
struct FailureTests {
    private struct OddFailure: Error, CustomStringConvertible {
        let description = "secret-1 of the request"
    }

    @Test("is 500, and its cause is in the log, also where that has warnings and errors alone")
    func randomness() async throws {
        let bench = WebBench(desk: DeskBench(hasRandomness: false))
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, "/auth/authorize")
            #expect(answer.status == .internalServerError)
            #expect(answer.text == "The exporter failed to answer: its log has the reason.\n")
            #expect(answer.headers[.cacheControl] == "no-store")
        }
        let line = "error http GET /auth/authorize failed: the system gave no random bytes "
        #expect(bench.log.lines.contains { $0.hasPrefix(line) }, "\(bench.log.lines)")
    }

    @Test("tells the log the kind of an error that is not ours, never its words or the query; once a minute")
    func foreign() async throws {
        let (log, clock) = (CollectedLog(), ManualClock())
        let router = Router(context: ExporterRequestContext.self)
        router.add(middleware: FailureMiddleware(logger: log.logger, clock: clock))
        router.get("odd") { _, _ -> Response in throw OddFailure() }
        router.get("own") { _, _ -> Response in throw HTTPError(.conflict) }
        try await Application(router: router).test(.router) { client in
            for _ in 0..<3 { #expect(try await client.send(.get, "/odd?key=secret-2").status == .internalServerError) }
            clock.advance(by: .seconds(61))
            _ = try await client.send(.get, "/odd")
            #expect(try await client.send(.get, "/own").status == .conflict, "an answer that a route chose is none")
        }
        #expect(
            log.lines.map { $0.trimmingPrefix("error ").prefix { $0 != "[" }.trimmingPrefix(" ") } == [
                "http GET /odd failed: OddFailure ", "http GET /odd failed: OddFailure; 2 more since the last such line ",
            ])
    }
}
