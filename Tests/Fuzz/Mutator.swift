import TestSupport

/// Changes inputs at random, as a fuzzer does: the same changes for the same seed.
struct Mutator {
    private var generator: SeededGenerator
    private let corpus: [[UInt8]]
    private static let words = [
        "{\"", "\":", ",", "[[[", "]}", "null", "1e400", "-1e-400", "9223372036854775808", "\\u0000", "\\ud800", "\\\"", "\u{202E}",
        "\u{301}",
        "\u{0}", "\r\n", "&", "=", "+", "%", "%00", "%C3", "#", "?", "://", "0001-01-01T00:00:00Z", "2026-11-23t20:17:52.999999999+23:59",
    ].map { Array($0.utf8) }

    init(corpus: [[UInt8]], seed: UInt64) {
        self.corpus = corpus
        generator = SeededGenerator(seed: seed)
    }

    /// An input of the corpus with one to four changes.
    mutating func next() -> [UInt8] {
        var bytes = corpus.randomElement(using: &generator) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &generator) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let range = part(of: bytes)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: bytes.removeSubrange(range)
        case 1: bytes.insert(contentsOf: bytes[range], at: range.lowerBound)
        case 2: bytes.replaceSubrange(range, with: Self.words.randomElement(using: &generator) ?? [])
        case 3: bytes.insert(contentsOf: Self.words.randomElement(using: &generator) ?? [], at: range.lowerBound)
        case 4: bytes.removeSubrange(range.lowerBound...)
        case 5:
            let other = corpus.randomElement(using: &generator) ?? []
            bytes.replaceSubrange(range, with: other[part(of: other)])
        case 6: bytes.insert(.random(in: 0...255, using: &generator), at: range.lowerBound)
        default:
            guard let place = range.first else { return }
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        }
    }

    /// A part of at most 40 bytes; empty only where there are none.
    private mutating func part(of bytes: [UInt8]) -> Range<Int> {
        guard !bytes.isEmpty else { return 0..<0 }
        let start = Int.random(in: 0..<bytes.count, using: &generator)
        return start..<min(bytes.count, start + Int.random(in: 1...40, using: &generator))
    }
}
