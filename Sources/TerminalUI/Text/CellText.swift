/// What stands in a cell: a base character with at most four combining marks, which is what ncurses keeps in one.
///
/// Packed by 21 bits to a code point, so that thousands of cells are copied, compared and forgotten as plain numbers, where a `Character`
/// asks for Unicode's rules each time.
struct CellText: Sendable, Hashable {
    /// The base and the first two marks.
    private var front: UInt64
    /// The other two.
    private var back: UInt64 = 0

    /// As many marks as a cell of ncurses has room for.
    static let mostMarks = 4
    private static let bitsPerScalar = 21
    private static let scalarMask: UInt64 = (1 << bitsPerScalar) - 1

    init(_ base: Unicode.Scalar) {
        front = UInt64(base.value)
    }

    /// The base of a character with its marks; those that have no room are left out.
    init(_ character: Character) {
        let scalars = character.unicodeScalars
        self.init(scalars.first ?? " ")
        for (index, mark) in scalars.dropFirst().prefix(Self.mostMarks).enumerated() { set(mark, at: index) }
    }

    /// Puts a mark in its place.
    ///
    /// - Parameter index: How many marks there are before it, less than ``mostMarks``.
    mutating func set(_ mark: Unicode.Scalar, at index: Int) {
        let bits = UInt64(mark.value)
        if index < 2 { front |= bits << ((index + 1) * Self.bitsPerScalar) } else { back |= bits << ((index - 2) * Self.bitsPerScalar) }
    }

    /// The base character, without its marks.
    var base: Unicode.Scalar { Self.scalar(front) }

    /// The second cell of a wide character.
    static let continuation: CellText = "\0"

    /// Adds the text at the end of another one.
    func write(to text: inout String) {
        text.unicodeScalars.append(base)
        guard front >> Self.bitsPerScalar != 0 else { return }
        for bits in [front >> Self.bitsPerScalar, front >> (2 * Self.bitsPerScalar), back, back >> Self.bitsPerScalar] {
            guard bits & Self.scalarMask != 0 else { return }
            text.unicodeScalars.append(Self.scalar(bits))
        }
    }

    /// The same as a character.
    var character: Character {
        var text = ""
        write(to: &text)
        return text.first ?? " "
    }

    private static func scalar(_ bits: UInt64) -> Unicode.Scalar {
        Unicode.Scalar(UInt32(bits & scalarMask)) ?? " "
    }
}

extension CellText: ExpressibleByUnicodeScalarLiteral {
    init(unicodeScalarLiteral scalar: Unicode.Scalar) {
        self.init(scalar)
    }
}
