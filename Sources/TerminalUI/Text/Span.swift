/// A piece of text in one style.
package struct Span: Sendable, Hashable {
    /// The text. It may hold anything: what must not reach the terminal is replaced when it is drawn.
    package var text: String
    package var style: Style

    package init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }

    /// The number of cells it takes.
    package var width: Int { displayWidth(of: text) }
}
