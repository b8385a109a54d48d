/// One character cell of a frame.
///
/// A double-width glyph takes two cells: the first holds it, the second is its continuation.
package struct Cell: Sendable, Hashable {
    /// What is drawn; a base character with its combining marks. NUL in a continuation.
    package internal(set) var glyph: Character
    package internal(set) var style: Style

    /// An empty cell in the plain style.
    package static let blank = Cell(glyph: " ", style: .plain)

    /// True for the second cell of a double-width glyph.
    package var isContinuation: Bool { glyph == "\0" }

    static func continuation(style: Style) -> Cell {
        Cell(glyph: "\0", style: style)
    }
}
