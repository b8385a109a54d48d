/// A line across a panel, from border to border, with a title set into it.
///
/// Its rectangle is one row of the panel's whole rectangle, borders included.
package struct Divider: Widget, Sendable {
    private let title: Line
    private let trailing: Line
    private let isFocused: Bool
    private let symbols: Symbols

    /// Give it the focus when the panel around it has it.
    package init(title: String = "", trailing: String = "", isFocused: Bool = false, symbols: Symbols) {
        self.init(title: title, trailing: Line(trailing, .muted), isFocused: isFocused, symbols: symbols)
    }

    /// With a text at the right in styles of its own.
    package init(title: String = "", trailing: Line, isFocused: Bool = false, symbols: Symbols) {
        self.title = Line(title, isFocused ? Style.accent.bold() : .title)
        self.trailing = trailing
        self.isFocused = isFocused
        self.symbols = symbols
    }

    /// Draws into the top row of `rect`.
    package func render(into frame: inout Frame, in rect: Rect) {
        let lines = symbols.lines
        let style: Style = isFocused ? .accent : .border
        Edge(left: lines.teeRight, right: lines.teeLeft, line: lines.horizontal, style: style, symbols: symbols)
            .render(title: title, trailing: trailing, into: &frame, in: rect.line(0))
    }
}
