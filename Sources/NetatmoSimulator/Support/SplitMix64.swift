/// A small seeded generator: Sebastiano Vigna's SplitMix64 (https://prng.di.unimi.it/splitmix64.c, public domain).
///
/// Not for secrets that matter: with the seed every value is known.
struct SplitMix64: RandomNumberGenerator, Sendable {
    private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

    private(set) var state: UInt64

    mutating func next() -> UInt64 {
        state &+= Self.increment
        return Self.mix(state)
    }

    /// The generator's finalizer alone: spreads neighbouring inputs over all 64 bits.
    static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
