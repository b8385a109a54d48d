/// What is drawn in one cell, or in two when it is wide.
struct Glyph {
    /// One base character with its combining marks.
    var text: CellText
    /// 1 or 2.
    var width: Int
}

/// A text cut into glyphs in the way ncurses puts them into cells, which is not the way Swift cuts it into characters.
///
/// Terminals disagree on emoji that are joined, coloured or asked for by a selector: one says two cells where another says four.
/// So joiners, selectors and skin tones are left out, and each emoji stands by itself with a width all agree on.
struct Glyphs: Sequence, IteratorProtocol {
    private var scalars: String.UnicodeScalarView.Iterator
    private var upcoming: Unicode.Scalar?
    private let symbols: Symbols

    init(_ text: String, symbols: Symbols = .unicode) {
        scalars = text.unicodeScalars.makeIterator()
        self.symbols = symbols
        upcoming = scalars.next()
    }

    mutating func next() -> Glyph? {
        while let scalar = upcoming {
            upcoming = scalars.next()
            switch CharacterKind(scalar) {
            case .printable:
                let width = cellWidth(of: scalar)
                if width > 0 { return Glyph(text: withMarks(scalar), width: width) }
            case .blank:
                return Glyph(text: " ", width: 1)
            case .dangerous:
                return Glyph(text: CellText(symbols.replacement), width: 1)
            case .invisible:
                break
            }
        }
        return nil
    }

    /// The base with the marks that follow it in the text.
    private mutating func withMarks(_ base: Unicode.Scalar) -> CellText {
        var text = CellText(base)
        var marks = 0
        while let mark = upcoming, mark.value >= 0x300 {
            let kind = CharacterKind(mark)
            guard kind == .invisible || (kind == .printable && cellWidth(of: mark) == 0) else { break }
            upcoming = scalars.next()
            guard kind == .printable, marks < CellText.mostMarks else { continue }
            text.set(mark, at: marks)
            marks += 1
        }
        // Marks that do not belong to the base would be a character of their own.
        var written = ""
        if marks > 0 { text.write(to: &written) }
        return written.count > 1 ? CellText(base) : text
    }
}
