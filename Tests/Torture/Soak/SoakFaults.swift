import NetatmoSimulator
import TestSupport

/// Faults at every twentieth request or so, of random kinds. None takes the token away for good, and none lasts long.
struct SoakFaults {
    private var generator: SeededGenerator
    private var seen = 0
    /// How many were handed out.
    private(set) var count = 0

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// For each request that came since the last call one of the next ones meets a fault, by a chance of 5 %.
    mutating func follow(_ netatmo: SimulatedNetatmo) async {
        let now = await netatmo.requestCount
        for _ in seen..<max(now, seen) where Int.random(in: 0..<20, using: &generator) == 0 {
            count += 1
            // Tokens are a third of the requests.
            if Int.random(in: 0..<3, using: &generator) == 0 {
                await netatmo.inject(fault(of: Self.ofTokens), on: .token)
            } else {
                await netatmo.inject(fault(of: Self.ofData), on: .stationsData)
            }
        }
        seen = now
    }

    /// One of them, or a delay.
    private mutating func fault(of kinds: [Fault]) -> Fault {
        let delay = Fault.delay(.milliseconds(Int.random(in: 10...1000, using: &generator)))
        return (kinds + [delay]).randomElement(using: &generator) ?? delay
    }

    /// Those after whose work the answer is lost would need somebody who signs in: the other tortures have them. So do those that
    /// are answered by a wait of an hour, after which there would be no load.
    private static let ofTokens: [Fault] = [.unavailable, .dropBeforeAnswer]
    private static let ofData: [Fault] = [.unavailable, .dropBeforeAnswer, .dropAfterWork, .truncatedBody, .emptyDevices, .missingReadings]
}
