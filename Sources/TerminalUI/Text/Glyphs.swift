/// What is drawn in one cell, or in two when it is wide.
struct Glyph {
    /// One base character with its combining marks.
    var character: Character
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

    /// ncurses keeps a base and four marks in a cell.
    private static let mostMarks = 4

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
                if width > 0 { return Glyph(character: withMarks(scalar), width: width) }
            case .blank:
                return Glyph(character: " ", width: 1)
            case .dangerous:
                return Glyph(character: symbols.replacement, width: 1)
            case .invisible:
                break
            }
        }
        return nil
    }

    /// The base with the marks that follow it in the text.
    private mutating func withMarks(_ base: Unicode.Scalar) -> Character {
        guard let first = upcoming, first.value >= 0x300 else { return Character(base) }
        var cluster: String.UnicodeScalarView?
        var marks = 0
        while let mark = upcoming, mark.value >= 0x300 {
            let kind = CharacterKind(mark)
            guard kind == .invisible || (kind == .printable && cellWidth(of: mark) == 0) else { break }
            upcoming = scalars.next()
            guard kind == .printable, marks < Self.mostMarks else { continue }
            marks += 1
            if cluster == nil { cluster = String.UnicodeScalarView([base]) }
            cluster?.append(mark)
        }
        guard let cluster else { return Character(base) }
        let text = String(cluster)
        return text.count == 1 ? Character(text) : Character(base)
    }
}
