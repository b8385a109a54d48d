import TestSupport
import Testing

@testable import OperatingSystem

@Suite("An exchange that may take so long and no longer")
struct BoundedExchangeTests {
    private struct TooLate: Error {}
    private struct Failed: Error {}

    @Test("An answer or a failure that comes in time is told at once, and not when the time is over")
    func inTime() async throws {
        let answer = Task { try? await boundedExchange(limit: .seconds(3600), orThrow: TooLate()) { 42 } }
        #expect(try await answer.value(orFail: "the answer") == 42)
        let failure = Task {
            await #expect(throws: Failed.self) {
                try await boundedExchange(limit: .seconds(3600), orThrow: TooLate()) { throw Failed() }
            }
        }
        _ = try await failure.value(orFail: "the failure")
    }

    @Test("One that takes longer is cancelled, and the error says so")
    func late() async throws {
        let gate = Gate()
        await #expect(throws: TooLate.self) {
            try await boundedExchange(limit: .milliseconds(1), orThrow: TooLate()) {
                do {
                    try await Task.sleep(for: .seconds(3600))
                } catch {
                    gate.open()
                    throw error
                }
            }
        }
        // It was cancelled, or this waits in vain.
        try await waiting(for: "the end of the exchange") { try await gate.pass() }
    }
}
