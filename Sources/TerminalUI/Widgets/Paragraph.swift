/// Text that is wrapped to the width it gets.
package struct Paragraph: Widget, Sendable {
    private let text: String
    private let style: Style
    private let alignment: Alignment

    /// Makes a paragraph; a line break in the text starts a new line.
    package init(_ text: String, _ style: Style = .plain, alignment: Alignment = .left) {
        self.text = text
        self.style = style
        self.alignment = alignment
    }

    /// The number of rows that the text takes at a width of `columns`.
    package func rows(at columns: Int) -> Int {
        wrapped(text, to: columns).count
    }

    /// Draws as many lines as `rect` has rows.
    package func render(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        for (index, line) in wrapped(text, to: rect.columns).prefix(rect.rows).enumerated() {
            let indent = alignment.indent(of: displayWidth(of: line), in: rect.columns)
            let point = Point(column: rect.column + indent, row: rect.row + index)
            frame.write(line, at: point, style: style, limit: rect.columns - indent)
        }
    }
}
