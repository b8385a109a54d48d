/// How much memory this process uses at a moment when nothing is under way, in bytes.
struct MemoryUse: Sendable {
    /// What is allocated and not freed.
    let live = LiveMemory.bytes()
    /// What the system gave it.
    let resident = ResidentMemory.bytes()
}

/// How much the memory grew from the first quarter of the sequences, when all is warm, to their end.
struct MemoryGrowth: Sendable {
    private let uses: [MemoryUse]
    private let isStrict: Bool

    /// What the live memory may grow by, in bytes.
    private static let liveLimit = 1 << 20
    /// What the resident memory may: it holds what the allocator can't give back, too, and where other tests run, what is theirs.
    private var residentLimit: Int { isStrict ? 16 << 20 : 32 << 20 }

    /// - Parameters:
    ///   - uses: At several moments.
    ///   - isStrict: Whether nothing else runs in this process, and what waited for a time was waited for, so that the live memory tells
    ///     of the program.
    init(_ uses: [MemoryUse], isStrict: Bool) {
        self.uses = uses
        self.isStrict = isStrict
    }

    private var growths: [(name: String, bytes: [Int], limit: Int?)] {
        [
            ("live memory", uses.map(\.live), isStrict ? Self.liveLimit : nil),
            ("resident memory", uses.map(\.resident), residentLimit),
        ]
    }

    /// What is wrong where it was too much.
    var excesses: [String] {
        growths.compactMap { name, bytes, limit in
            guard let limit, growth(bytes) > limit else { return nil }
            return "\(name) grew by \(mebibytes(growth(bytes)))"
        }
    }

    /// The figures, and what is allowed.
    var figures: [String] {
        growths.map { name, bytes, limit in
            "\(name) after a quarter of the sequences and at their end: \(bytes.map(mebibytes).joined(separator: ", ")); "
                + "\(mebibytes(growth(bytes))) more" + (limit.map { ", \(mebibytes($0)) are allowed" } ?? "")
        }
    }

    private func growth(_ bytes: [Int]) -> Int {
        (bytes.last ?? 0) - (bytes.first ?? 0)
    }

    /// To a hundredth.
    private func mebibytes(_ bytes: Int) -> String {
        "\((Double(bytes) / 1_048_576 * 100).rounded() / 100) MiB"
    }
}
