import Testing
import Torture

@Suite("Network faults, in short")
struct NetworkTortureTests {
    @Test("The token survives every fault of the network")
    func network() async throws {
        let seed = UInt64.random(in: .min ... .max)
        print("network torture: seed \(seed)")
        let result = try await NetworkTorture().run(.short, seed: seed)
        #expect(result.failures == [], "seed \(seed)")
        #expect(result.tokensLost == 0, "seed \(seed)")
        print(result.figures.map { "network torture: \($0)" }.joined(separator: "\n"))
    }
}
