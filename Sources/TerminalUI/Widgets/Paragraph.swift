/// Text that is wrapped to the width it gets.
package struct Paragraph: Widget, Sendable {
    private let text: String
    private let style: Style

    /// A line break in the text starts a new line.
    package init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }

    /// The number of rows that the text takes at a width of `columns`.
    package func rows(at columns: Int) -> Int {
        wrapped(text, to: columns).count
    }

    /// Draws as many lines as `rect` has rows.
    package func render(into frame: inout Frame, in rect: Rect) {
        for (index, line) in wrapped(text, to: rect.columns).prefix(rect.rows).enumerated() {
            frame.write(line, at: rect.line(index).origin, style: style, limit: rect.columns)
        }
    }
}
