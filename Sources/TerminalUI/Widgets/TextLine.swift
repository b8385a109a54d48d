/// One line of text, cut off with an ellipsis where it does not fit.
package struct TextLine: Widget, Sendable {
    private let line: Line
    private let alignment: Alignment
    private let symbols: Symbols

    package init(_ line: Line, alignment: Alignment = .left, symbols: Symbols = .unicode) {
        self.line = line
        self.alignment = alignment
        self.symbols = symbols
    }

    package init(_ text: String, _ style: Style = .plain, alignment: Alignment = .left, symbols: Symbols = .unicode) {
        self.init(Line(text, style), alignment: alignment, symbols: symbols)
    }

    /// Draws into the top row of `rect`.
    package func render(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let shown = line.clipped(to: rect.columns, symbols: symbols)
        let indent = alignment.indent(of: shown.width, in: rect.columns)
        frame.write(shown, at: Point(column: rect.column + indent, row: rect.row), limit: rect.columns - indent)
    }
}
