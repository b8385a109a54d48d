/// Cuts what comes over a connection into lines, each of a bounded length.
struct LineReader: Sendable {
    private var pending: [UInt8] = []
    private let limit: Int

    /// A line is longer than any that this program writes.
    struct TooLong: Error {}

    /// - Parameter limit: The longest line, in bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// The lines that are whole with these bytes, without their ends.
    mutating func lines(adding bytes: some Sequence<UInt8>) throws(TooLong) -> [[UInt8]] {
        let start = pending.count
        pending += bytes
        var lines: [[UInt8]] = []
        var lineStart = 0
        var search = start
        while let end = pending[search...].firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(Array(pending[lineStart..<end]))
            lineStart = end + 1
            search = lineStart
        }
        pending.removeFirst(lineStart)
        guard pending.count <= limit, lines.allSatisfy({ $0.count <= limit }) else { throw TooLong() }
        return lines
    }
}
