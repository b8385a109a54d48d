/// Bytes without any sense, the same in each run.
enum RandomBytes {
    static func make(_ count: Int, seed: Int) -> [UInt8] {
        var generator = SplitMix64(state: UInt64(truncatingIfNeeded: seed))
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
