import Testing
import Torture

@Suite("Network faults, in short")
struct NetworkTortureTests {
    @Test("The token survives every fault of the network")
    func network() async throws {
        let result = try await NetworkTorture().run(.short, seed: 4)
        #expect(result.failures == [])
        #expect(result.tokensLost == 0)
    }
}
