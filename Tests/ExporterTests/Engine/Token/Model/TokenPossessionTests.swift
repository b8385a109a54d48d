import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("A token keeper beside its model")
struct TokenPossessionTests {
    @Test(
        "After each event, in any order, the right token is in memory and in the file, under the right word",
        arguments: 0..<300 as Range<UInt64>
    )
    func possession(seed: UInt64) async throws {
        let start = try PossessionRun(seed: seed)
        let end = Mutex(start.model)
        try await start.bench.run(renewExpired: start.renewExpired) {
            var run = start
            try await run.compare(after: "the start")
            for number in 1...25 {
                let event = try await run.nextEvent()
                try await run.compare(after: "event \(number), \(event)")
            }
            let model = run.model
            end.withLock { $0 = model }
        }
        let (expected, kept) = end.withLock { model in
            model.stop()
            return (model.file, model.keptBeside)
        }
        #expect(StoredPair(start.bench.storage.attributes) == StoredPair(expected), "at the end")
        if let kept { #expect(start.bench.storage.previous?.refreshToken?.reveal() == kept, "beside the file, at the end") }
        #expect(start.bench.transport.mostTokenRequestsInFlight <= 1)
    }
}
