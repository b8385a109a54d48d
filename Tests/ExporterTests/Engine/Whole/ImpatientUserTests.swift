import Foundation
import NetatmoSimulator
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo

@Suite("A user who keeps pressing keys")
struct ImpatientUserTests {
    @Test("never exceeds NetAtmo's limits, neither at the start nor in an hour, and the readings and the token stay alive")
    func keys() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly, homeCoach: true) { bench in
            try await bench.isUp()
            #expect(await bench.netatmo.requests.map(\.endpoint) == [.token, .stationsData, .homeCoachsData])
            var generator = SeededGenerator(seed: 4)
            while bench.clock.now < SampleStations.now(4000) {
                _ = await bench.engine.requestFetch()
                _ = await bench.engine.requestRenewal()
                try await turns(bench, until: "rest") { !$0.data.isFetching && $0.token.renewal == .idle }
                bench.clock.advance(by: .seconds(.random(in: 1...9, using: &generator)))
            }
            let times = await bench.netatmo.requests.map(\.time)
            #expect(times.count > 450, "what is allowed is done")
            #expect(most(times, within: 10) <= 5)
            #expect(most(times, within: 3600) <= 500)
            #expect(!bench.events.contains { if case .dataFailed(let error, _) = $0 { error.kind == .quota } else { false } })
            #expect(bench.events.count { if case .tokenRenewed = $0 { true } else { false } } >= 10)
            // The last step of the clock may have begun a renewal.
            try await turns(bench, until: "a valid token") { $0.token.state(at: bench.clock.now) == .valid }
        }
    }

    /// Waits for a snapshot; requests that wait for their turn get it.
    private func turns(_ bench: EngineBench, until what: String, where isWanted: @escaping @Sendable (Snapshot) -> Bool) async throws {
        let clock = bench.clock
        let turns = Task {
            while !Task.isCancelled {
                let soon = clock.now.addingTimeInterval(12)
                try await clock.deadlines("a request that waits") { $0.contains { $0 < soon } }
                if let next = clock.deadlines.first, next < soon { clock.set(to: next) }
            }
        }
        defer { turns.cancel() }
        try await bench.store.first(what, where: isWanted)
    }

    /// The most of the times, in their order, that are within so many seconds.
    private func most(_ times: [Date], within seconds: TimeInterval) -> Int {
        times.indices.map { first in times[first...].prefix { $0.timeIntervalSince(times[first]) < seconds }.count }.max() ?? 0
    }
}
