/// Draws a text field in one row, underlined over its whole width, scrolled so that the cursor shows.
package struct TextFieldView: Widget, Sendable {
    private let field: TextField
    private let placeholder: String
    private let isFocused: Bool
    private let symbols: Symbols

    /// - Parameters:
    ///   - placeholder: What is shown, muted, while the field is empty.
    ///   - isFocused: Whether the cursor of the frame is put into the field.
    package init(_ field: TextField, placeholder: String = "", isFocused: Bool = false, symbols: Symbols) {
        self.field = field
        self.placeholder = placeholder
        self.isFocused = isFocused
        self.symbols = symbols
    }

    /// Draws into the top row of `rect`.
    package func render(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let line = rect.line(0)
        frame.fill(line, style: Style.plain.underline())
        if field.isEmpty {
            frame.write(clipped(placeholder, to: rect.columns, symbols: symbols), at: rect.origin, style: Style.muted.underline())
        }
        let shown = field.shownCharacters(symbols: symbols)
        let widths = shown.map { displayWidth(of: $0) }
        // The fewest characters are scrolled out at the left that leave a cell for the cursor.
        var first = 0
        var cursorColumn = widths.prefix(field.cursor).reduce(0, +)
        while cursorColumn >= rect.columns, first < field.cursor {
            cursorColumn -= widths[first]
            first += 1
        }
        let text = shown.dropFirst(first).joined()
        frame.write(text, at: rect.origin, style: Style.plain.underline(), limit: rect.columns)
        if isFocused { frame.cursor = Point(column: rect.column + cursorColumn, row: rect.row) }
    }
}
