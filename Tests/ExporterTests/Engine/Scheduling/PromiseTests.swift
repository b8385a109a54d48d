import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI

@Suite("A value that many wait for")
struct PromiseTests {
    private let pending = Promise<TokenOutcome>()
    private let outcome = TokenOutcome.renewed(until: SampleStations.now(10_800))

    @Test("All who wait get it, and so does who asks later")
    func allGetIt() async {
        let waiters = (0..<20).map { _ in wait() }
        pending.resolve(outcome)
        for waiter in waiters { #expect(await waiter.value == outcome) }
        #expect(await pending.wait() == outcome)
    }

    @Test("Who is cancelled gets none at once, and the others get the outcome")
    func cancelled() async throws {
        let (one, cancelled, other) = (wait(), wait(), wait())
        cancelled.cancel()
        #expect(try await waiting(for: "the cancelled one") { await cancelled.value } == nil)
        pending.resolve(outcome)
        #expect(await one.value == outcome)
        #expect(await other.value == outcome)
    }

    @Test("Who is cancelled before waiting does not wait")
    func cancelledBefore() async throws {
        let gate = Gate()
        let waiter = Task {
            try? await gate.pass()
            return await pending.wait()
        }
        waiter.cancel()
        #expect(try await waiting(for: "the cancelled one") { await waiter.value } == nil)
        pending.resolve(outcome)
    }

    @Test("Cancelling and resolving at once gives each of them one outcome")
    func race() async throws {
        for _ in 0..<200 {
            let pending = Promise<TokenOutcome>()
            let waiters = (0..<4).map { _ in Task.immediate { await pending.wait() } }
            async let cancelling: Void = waiters[0].cancel()
            pending.resolve(outcome)
            await cancelling
            #expect(await [outcome, nil].contains(waiters[0].value))
            for waiter in waiters.dropFirst() { #expect(await waiter.value == outcome) }
        }
    }

    /// A task that waits by the time this returns.
    private func wait() -> Task<TokenOutcome?, Never> {
        Task.immediate { await pending.wait() }
    }
}
