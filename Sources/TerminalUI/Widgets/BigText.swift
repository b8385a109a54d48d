/// Digits, colons, dashes, h and m in letters of several rows, to be read from across a room: a countdown such as `2h41m`.
///
/// Other characters are drawn as blanks.
package struct BigText: Widget, Sendable {
    package enum Scale: Sendable, Hashable, CaseIterable {
        /// Five rows, strokes of two cells.
        case large
        /// Three rows, of half blocks.
        case small
    }

    private let text: String
    private let scale: Scale
    private let style: Style
    private let symbols: Symbols

    package init(_ text: String, scale: Scale, style: Style = .plain, symbols: Symbols) {
        self.text = text
        self.scale = scale
        self.style = style
        self.symbols = symbols
    }

    /// The largest scale in which a text fits; `nil` where none does. ASCII has no half blocks to make a small one of.
    package static func scale(of text: String, fitting room: Size, symbols: Symbols) -> Scale? {
        Scale.allCases.first { scale in
            let size = BigText(text, scale: scale, symbols: symbols).size
            return size.columns <= room.columns && size.rows <= room.rows && !(scale == .small && symbols.isASCII)
        }
    }

    package var size: Size {
        let gaps = max(0, text.count - 1)
        return Size(columns: text.reduce(gaps) { $0 + scale.columns(of: Self.columns(of: $1)) }, rows: scale.rows)
    }

    /// Draws at the top left of `rect`; what has no room is cut off.
    package func render(into frame: inout Frame, in rect: Rect) {
        for row in 0..<min(scale.rows, rect.rows) {
            let line = text.map { letter in self.row(row, of: letter) }.joined(separator: " ")
            frame.write(line, at: Point(column: rect.column, row: rect.row + row), style: style, limit: rect.columns)
        }
    }

    private func row(_ row: Int, of letter: Character) -> String {
        let dots = Self.dots[letter] ?? []
        let columns = Self.columns(of: letter)
        let isColon = columns.count == 1
        return columns.map { column in
            func isSet(_ row: Int) -> Bool { row < dots.count && dots[row] & (1 << (columns.count - 1 - column)) != 0 }
            guard scale == .small else {
                let glyph = isSet(row) ? symbols.bar.full : " "
                return String(repeating: glyph, count: scale.width(isColon: isColon))
            }
            return Self.halves(isSet(2 * row), isSet(2 * row + 1))
        }
        .joined()
    }

    private static func halves(_ upper: Bool, _ lower: Bool) -> String {
        switch (upper, lower) {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): " "
        }
    }

    /// The columns of dots that a letter has.
    private static func columns(of letter: Character) -> Range<Int> {
        switch letter {
        case ":": 0..<1
        case "m": 0..<5
        default: 0..<3
        }
    }

    /// Five rows of dots, the rightmost in the lowest bit.
    private static let dots: [Character: [UInt8]] = [
        "0": [7, 5, 5, 5, 7], "1": [1, 1, 1, 1, 1], "2": [7, 1, 7, 4, 7], "3": [7, 1, 7, 1, 7], "4": [5, 5, 7, 1, 1],
        "5": [7, 4, 7, 1, 7], "6": [7, 4, 7, 5, 7], "7": [7, 1, 1, 1, 1], "8": [7, 5, 7, 5, 7], "9": [7, 5, 7, 1, 7],
        ":": [0, 1, 0, 1, 0], "-": [0, 0, 7, 0, 0], "h": [4, 4, 7, 5, 5], "m": [0, 0, 31, 21, 21],
    ]
}

extension BigText.Scale {
    fileprivate var rows: Int { self == .small ? 3 : 5 }

    fileprivate func columns(of dots: Range<Int>) -> Int {
        dots.count * width(isColon: dots.count == 1)
    }

    /// The cells of a dot. A cell is half as wide as it is high, so that two make a square.
    fileprivate func width(isColon: Bool) -> Int {
        self == .large && !isColon ? 2 : 1
    }
}
