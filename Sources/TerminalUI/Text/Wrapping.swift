/// The lines of `text` when no line may be wider than `columns` cells.
///
/// Breaks at spaces where it can, inside a word that is wider than a line where it must, and at each line break in the text.
package func wrapped(_ text: String, to columns: Int) -> [String] {
    guard columns > 0 else { return [] }
    return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).flatMap { wrappedParagraph($0, to: columns) }
}

private func wrappedParagraph(_ text: Substring, to columns: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ") {
        for (index, piece) in pieces(of: String(word), columns: columns).enumerated() {
            let width = displayWidth(of: piece)
            if index == 0, used > 0, used + 1 + width <= columns {
                line += " " + piece
                used += 1 + width
            } else {
                if used > 0 { lines.append(line) }
                line = piece
                used = width
            }
        }
    }
    lines.append(line)
    return lines
}

/// The word cut into parts that each fit on a line; most often one.
private func pieces(of word: String, columns: Int) -> [String] {
    guard displayWidth(of: word) > columns else { return [word] }
    var parts: [String] = []
    var part = ""
    var used = 0
    for glyph in Glyphs(word) {
        if used + glyph.width > columns, used > 0 {
            parts.append(part)
            part = ""
            used = 0
        }
        glyph.text.write(to: &part)
        used += glyph.width
    }
    return used > 0 ? parts + [part] : parts
}
