/// A piece of text in one style.
public struct Span: Sendable, Hashable {
    /// The text. It may hold anything: what must not reach the terminal is replaced when it is drawn.
    public var text: String
    /// How it looks.
    public var style: Style

    /// Makes a span.
    public init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }

    /// The number of cells it takes.
    public var width: Int { displayWidth(of: text) }
}
