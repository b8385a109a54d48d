/// The number of cells that `text` takes on the screen, after what `Frame.write` does to it.
package func displayWidth(of text: String) -> Int {
    let utf8 = text.utf8
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
    return Glyphs(text).reduce(0) { $0 + $1.width }
}

/// The text without anything that could command the terminal or mislead the reader.
///
/// Control characters and direction overrides become a visible mark, line breaks and tabs a space; joiners and other
/// invisible characters are left out. What is left has the same width on every terminal.
package func sanitised(_ text: String, symbols: Symbols = .unicode) -> String {
    var result = ""
    for glyph in Glyphs(text, symbols: symbols) {
        glyph.text.write(to: &result)
    }
    return result
}

/// The start of `text` that fits into `columns` cells, ending in an ellipsis when something was cut off.
package func clipped(_ text: String, to columns: Int, symbols: Symbols = .unicode) -> String {
    guard displayWidth(of: text) > columns else { return text }
    let room = columns - displayWidth(of: symbols.ellipsis)
    return room < 0 ? "" : start(of: text, fitting: room, symbols: symbols) + symbols.ellipsis
}

/// The end of `path` that fits into `columns` cells, after an ellipsis where something was cut off: the end says most.
package func clippedPath(_ path: String, to columns: Int, symbols: Symbols = .unicode) -> String {
    let excess = displayWidth(of: path) - columns
    guard excess > 0 else { return path }
    // The ellipsis of ASCII is the sign of a home directory.
    let ellipsis = symbols.isASCII ? "..." : symbols.ellipsis
    let hidden = excess + displayWidth(of: ellipsis)
    return hidden <= displayWidth(of: path) ? ellipsis + end(of: path, after: hidden, symbols: symbols) : ""
}

/// What follows the first `columns` cells of `text`.
package func end(of text: String, after columns: Int, symbols: Symbols = .unicode) -> String {
    var rest = ""
    var dropped = 0
    for glyph in Glyphs(text, symbols: symbols) {
        if dropped < columns { dropped += glyph.width } else { glyph.text.write(to: &rest) }
    }
    return rest
}

/// As many glyphs from the start of `text` as fit into `columns` cells.
func start(of text: String, fitting columns: Int, symbols: Symbols) -> String {
    var result = ""
    var used = 0
    for glyph in Glyphs(text, symbols: symbols) {
        guard used + glyph.width <= columns else { break }
        glyph.text.write(to: &result)
        used += glyph.width
    }
    return result
}
