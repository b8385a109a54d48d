/// A rounded border with a title set into its top edge, and a text at the right of that edge.
package struct Panel: Widget, Sendable {
    private let title: Line
    private let trailing: Line
    private let isFocused: Bool
    private let symbols: Symbols

    /// Makes a panel with plain texts.
    package init(title: String, trailing: String = "", isFocused: Bool = false, symbols: Symbols) {
        let title = Line(title, isFocused ? Style.accent.bold() : .title)
        self.init(title: title, trailing: Line(trailing, .muted), isFocused: isFocused, symbols: symbols)
    }

    /// Makes a panel with texts in styles of their own.
    package init(title: Line, trailing: Line, isFocused: Bool = false, symbols: Symbols) {
        self.title = title
        self.trailing = trailing
        self.isFocused = isFocused
        self.symbols = symbols
    }

    /// What is left for the content of a panel in `rect`.
    package static func interior(of rect: Rect) -> Rect {
        rect.inset(columns: 1, rows: 1)
    }

    /// Draws the border and blanks the interior. Needs two rows and two columns.
    package func render(into frame: inout Frame, in rect: Rect) {
        guard rect.rows >= 2, rect.columns >= 2 else { return }
        let lines = symbols.lines
        let style: Style = isFocused ? .accent : .border
        frame.fill(rect)
        for row in rect.row + 1..<rect.endRow - 1 {
            frame.write(String(lines.vertical), at: Point(column: rect.column, row: row), style: style)
            frame.write(String(lines.vertical), at: Point(column: rect.endColumn - 1, row: row), style: style)
        }
        Edge(left: lines.topLeft, right: lines.topRight, line: lines.horizontal, style: style, symbols: symbols)
            .render(title: title, trailing: trailing, into: &frame, in: rect.line(0))
        Edge(left: lines.bottomLeft, right: lines.bottomRight, line: lines.horizontal, style: style, symbols: symbols)
            .render(title: Line([]), trailing: Line([]), into: &frame, in: rect.line(rect.rows - 1))
    }
}
