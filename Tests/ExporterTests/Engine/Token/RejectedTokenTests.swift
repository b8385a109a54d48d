import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import PrometheusMetrics

@Suite("A rejected refresh token beside an access token that lives")
struct RejectedTokenTests {
    private let refusal = NetatmoError(.invalidGrant, status: 400, code: "invalid_grant")

    /// Runs a keeper whose token `a1` is rejected after 6720 s and expires after 7200 s.
    private func rejected(_ body: @escaping @Sendable (TokenBench) async throws -> Void) async throws {
        let bench = try TokenBench(expiringAfter: 7200)
        for _ in 0..<4 { bench.transport.tokens(.oauthError("invalid_grant")) }
        try await bench.run {
            for time in [6600.0, 6610, 6645, 6720] {
                try await bench.clock.sleeper(until: SampleStations.now(time))
                bench.clock.set(to: SampleStations.now(time))
            }
            try await bench.store.event("the rejection") { $0 == .tokenRejected(refusal) }
            try await body(bench)
        }
    }

    @Test("The access token is given out until it expires, and not after that")
    func givenOut() async throws {
        try await rejected { bench in
            #expect(bench.state == .rejected)
            #expect(bench.status.possession == .rejected(refusal, expiry: SampleStations.now(7200)))
            #expect(bench.status.expiry == SampleStations.now(7200))
            for time in [6720.0, 7199] {
                bench.clock.set(to: SampleStations.now(time))
                let token = try await bench.keeper.accessToken()
                #expect(token == SampleTokens.secret("a1"))
            }
            bench.clock.set(to: SampleStations.now(7200))
            #expect(bench.state == .rejected)
            await #expect(throws: NoToken.state(.rejected)) { try await bench.keeper.accessToken() }
            #expect(await bench.comesToRest())
            #expect(bench.clock.deadlines.isEmpty, "nothing is tried any more")
        }
    }

    @Test("The metrics call it valid until ten seconds before it expires")
    func metrics() async throws {
        try await rejected { bench in
            let page = MetricsPage(
                store: bench.store, refreshInterval: .seconds(480), staleAge: .seconds(3600), build: WebBench.settings.build
            )
            for (time, value) in [(6720.0, 1), (7189, 1), (7190, 0), (7200, 0)] {
                let text = page.text(at: SampleStations.now(time)).map { String(buffer: $0) }.joined()
                let lines = text.split(separator: "\n")
                #expect(lines.contains("netatmo_exporter_token_valid \(value)"), "after \(time) s")
            }
        }
    }

    @Test("A try that the user asks for and that fails leaves the access token in use")
    func oneMoreTry() async throws {
        try await rejected { bench in
            bench.transport.tokens(.oauthError("invalid_grant"))
            #expect(await bench.keeper.perform(.refresh) == .failed(refusal))
            #expect(bench.state == .rejected)
            let token = try await bench.keeper.accessToken()
            #expect(token == SampleTokens.secret("a1"))
            bench.transport.tokens(.grant("a2", "r2"))
            #expect(await bench.keeper.perform(.refresh) == .renewed(until: SampleStations.now(6720 + 10_800)))
            #expect(bench.state == .valid)
        }
    }
}
