/// A size on the screen, in character cells. Never negative.
package struct Size: Sendable, Hashable {
    package var columns: Int { didSet { columns = max(0, columns) } }
    package var rows: Int { didSet { rows = max(0, rows) } }

    /// Makes a size; negative values become 0.
    package init(columns: Int, rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }

    package var isEmpty: Bool { columns == 0 || rows == 0 }
}
