import TerminalUI

/// How charts stand beside and below each other, so that each has a size that is worth it and nothing is left blank.
struct ChartGrid: Sendable, Hashable {
    /// The place of each chart, its title line included, row by row.
    let places: [Rect]

    /// The least size of a chart, its title line included.
    static let least = Size(columns: 36, rows: 8)
    /// With more, a screen says less and not more.
    private static let most = 20
    /// The blank columns between two.
    private static let gap = 2

    /// How many charts have room; at least one.
    static func capacity(in size: Size) -> Int {
        max(1, min(most, columns(in: size) * (size.rows / least.rows)))
    }

    private static func columns(in size: Size) -> Int { (size.columns + gap) / (least.columns + gap) }

    /// - Parameter count: At most as many as have room.
    init(count: Int, in rect: Rect) {
        guard count > 0 else {
            places = []
            return
        }
        let most = max(1, min(count, Self.columns(in: rect.size)))
        let columns = (1...most).min { Self.badness(columns: $0, count: count, rect) < Self.badness(columns: $1, count: count, rect) } ?? 1
        let rows = (count + columns - 1) / columns
        // The last row may have fewer, which share its width.
        let lines = rect.splitRows(Array(repeating: .fill(1), count: rows))
        places = lines.enumerated().flatMap { index, line in
            let cells = min(columns, count - index * columns)
            let parts = line.splitColumns(Array((0..<cells).flatMap { $0 == 0 ? [Constraint.fill(1)] : [.length(Self.gap), .fill(1)] }))
            return stride(from: 0, to: parts.count, by: 2).map { parts[$0] }
        }
    }

    /// How far a chart is from being four times as wide as high, which cells make twice as wide; and places that stay blank.
    private static func badness(columns: Int, count: Int, _ rect: Rect) -> Double {
        let rows = (count + columns - 1) / columns
        let height = Double(rect.rows) / Double(rows)
        guard height >= Double(least.rows) || columns == max(1, min(count, self.columns(in: rect.size))) else { return 1000 }
        let shape = Double(rect.columns) / Double(columns) / max(1, height) / 4
        return max(shape, 1 / shape) + Double(rows * columns - count) * 0.3
    }
}
