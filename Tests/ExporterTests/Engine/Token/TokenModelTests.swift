import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("Any order of events")
struct TokenModelTests {
    /// NetAtmo as far as tokens go, with trouble at random: it knows which refresh tokens were replaced by an answer that arrived.
    private final class Netatmo: Sendable {
        struct State {
            var generator: SeededGenerator
            var delivered: [Secret] = []
            var replaced: Set<Secret> = []
            var reuses = 0
            var granted = 0
        }

        private let state: Mutex<State>

        init(seed: UInt64) {
            state = Mutex(State(generator: SeededGenerator(seed: seed)))
        }

        var reuses: Int { state.withLock { $0.reuses } }
        var lastDelivered: Secret? { state.withLock { $0.delivered.last } }

        func answer(_ request: ScriptedTransport.Request) async throws(NetatmoError) -> NetatmoAnswer {
            let (turns, reply) = state.withLock { state -> (Int, Reply) in
                let used = request.form["refresh_token"]
                if let used, state.replaced.contains(used) { state.reuses += 1 }
                let turns = Int.random(in: 0..<6, using: &state.generator)
                switch Int.random(in: 0..<10, using: &state.generator) {
                case 0: return (turns, .outage)
                case 1: return (turns, .failure(NetatmoError(.timeout)))
                case 2: return (turns, .oauthError("invalid_grant"))
                default:
                    state.granted += 1
                    let refresh = "refresh-\(state.granted)"
                    if let used { state.replaced.insert(used) }
                    state.delivered.append(SampleTokens.secret(refresh))
                    let seconds = [2, 15, 100, 10_800].randomElement(using: &state.generator) ?? 2
                    return (turns, .grant("access-\(state.granted)", refresh, seconds: seconds))
                }
            }
            for _ in 0..<turns { await Task.yield() }
            return try reply.now()
        }
    }

    @Test(
        "Never two requests at once, no replaced refresh token again, and the newest token is in the file at the end",
        arguments: 0..<60 as Range<UInt64>
    )
    func model(seed: UInt64) async throws {
        let netatmo = Netatmo(seed: seed)
        let bench = TokenBench(try SampleTokens.file(refresh: "refresh-0")) { request throws(NetatmoError) in
            try await netatmo.answer(request)
        }
        try await bench.run {
            var generator = SeededGenerator(seed: seed &+ 1_000_000)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for step in 0..<40 {
                    switch Int.random(in: 0..<9, using: &generator) {
                    case 0: _ = await bench.keeper.requestRenewal()
                    case 1: group.addTask { _ = await bench.keeper.perform(.refresh) }
                    case 2: group.addTask { _ = try? await bench.keeper.accessToken() }
                    case 3:
                        let token = try? await bench.keeper.accessToken()
                        if let token { group.addTask { _ = try? await bench.keeper.accessToken(replacing: token) } }
                    case 4:
                        let code = SampleTokens.secret("code-\(step)")
                        group.addTask { _ = await bench.keeper.perform(.exchange(code: code, redirectURI: "http://127.0.0.1/x")) }
                    case 5: bench.storage.failWrites(with: Bool.random(using: &generator) ? MemoryTokenStorage.diskIsFull : nil)
                    case 6: bench.clock.advance(by: .seconds(Int.random(in: 1...400, using: &generator)))
                    case 7: bench.clock.set(to: bench.clock.now.addingTimeInterval(.random(in: -4000...4000, using: &generator)))
                    default: for _ in 0..<10 { await Task.yield() }
                    }
                }
                try await group.waitForAll()
            }
            bench.storage.failWrites(with: nil)
        }
        #expect(bench.transport.mostTokenRequestsInFlight <= 1)
        #expect(netatmo.reuses == 0)
        if bench.status.state(at: bench.clock.now) == .valid {
            #expect(bench.storage.attributes?.refreshToken == netatmo.lastDelivered)
        }
    }
}
