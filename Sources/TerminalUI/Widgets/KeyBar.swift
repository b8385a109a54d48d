/// What keys do, in one row: ` a Sign in   r Fetch now   q Quit`.
package struct KeyBar: Widget, Sendable {
    /// A key and what it does.
    package struct Entry: Sendable, Hashable {
        /// The name of the key.
        package let key: String
        package let label: String
        /// True when the entry stays however narrow the bar is.
        package let isEssential: Bool

        package init(_ key: String, _ label: String, isEssential: Bool = false) {
            self.key = key
            self.label = label
            self.isEssential = isEssential
        }

        var width: Int { displayWidth(of: key) + 1 + displayWidth(of: label) }
    }

    private static let gap = 3
    private let entries: [Entry]

    package init(_ entries: [Entry]) {
        self.entries = entries
    }

    /// The entries that fit into `columns` cells: dropped from the end, the essential ones last.
    func shown(in columns: Int) -> [Entry] {
        var shown = entries
        func needed() -> Int {
            shown.reduce(1) { $0 + $1.width } + Self.gap * max(0, shown.count - 1)
        }
        while needed() > columns, let last = shown.lastIndex(where: { !$0.isEssential }) {
            shown.remove(at: last)
        }
        return shown
    }

    /// The entry that is drawn at a column of a bar of that width; `nil` between two.
    package func entry(at column: Int, in columns: Int) -> Entry? {
        var start = 1
        for entry in shown(in: columns) {
            if (start..<start + entry.width).contains(column) { return entry }
            start += entry.width + Self.gap
        }
        return nil
    }

    /// Draws into the top row of `rect`.
    package func render(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        var column = rect.column + 1
        for entry in shown(in: rect.columns) {
            let line = Line([Span(entry.key, .keyName), Span(" " + entry.label)])
            column += frame.write(line, at: Point(column: column, row: rect.row), limit: rect.endColumn - column)
            column += Self.gap
        }
    }
}
