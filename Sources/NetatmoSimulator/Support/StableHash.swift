/// Hashes that stay the same from run to run. Swift's own `Hasher` is seeded anew in each process.
enum StableHash {
    /// 64-bit FNV-1a over the string's UTF-8 (http://www.isthe.com/chongo/tech/comp/fnv/), then mixed, since FNV leaves the high bits weak.
    static func of(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        return SplitMix64.mix(hash)
    }

    /// A number in `0..<bound` that belongs to the text; 0 if there is no such number.
    static func of(_ text: String, below bound: Int) -> Int {
        guard bound > 0 else { return 0 }
        return Int(Self.of(text) % UInt64(bound))
    }
}
