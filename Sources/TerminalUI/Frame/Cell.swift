/// One character cell of a frame.
///
/// A double-width glyph takes two cells: the first holds it, the second is its continuation.
package struct Cell: Sendable, Hashable {
    var text: CellText
    package internal(set) var style: Style

    /// What is drawn; a base character with its combining marks. NUL in a continuation.
    package var glyph: Character { text.character }

    /// An empty cell in the plain style.
    package static let blank = Cell(text: " ", style: .plain)

    /// True for the second cell of a double-width glyph.
    package var isContinuation: Bool { text == .continuation }

    static func continuation(style: Style) -> Cell {
        Cell(text: .continuation, style: style)
    }
}
