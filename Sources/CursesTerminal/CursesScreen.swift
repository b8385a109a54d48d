private import CTerminal
internal import TerminalUI

/// Puts frames on the screen. Remembers what is there, so that only what changed goes through ncurses.
struct CursesScreen {
    private var palette: Palette
    private let isUTF8: Bool
    private var shown: Frame?

    init(palette: Palette, isUTF8: Bool) {
        self.palette = palette
        self.isUTF8 = isUTF8
    }

    /// Draws a frame on a screen of this size; what is outside of it is left out.
    mutating func draw(_ frame: Frame, size: Size) {
        let runs = frame.runs(changedFrom: shown)
        guard !runs.isEmpty || frame.cursor != shown?.cursor else { return }
        for run in runs where run.origin.row < size.rows && run.origin.column < size.columns {
            put(run, columns: size.columns - run.origin.column)
        }
        if let cursor = frame.cursor, Rect(size: size).contains(cursor) {
            ct_show_cursor(CInt(cursor.row), CInt(cursor.column))
        } else {
            ct_hide_cursor()
        }
        ct_flush()
        shown = frame
    }

    /// Draws in other colours from the next frame on, which is drawn as a whole.
    mutating func take(_ palette: Palette) {
        self.palette = palette
        shown = nil
        ct_forget_screen()
    }

    /// Draws the last frame again, on a screen that may show anything.
    func drawEverything() {
        ct_forget_screen()
        ct_flush()
    }

    private func put(_ run: FrameRun, columns: Int) {
        let text = run.columns > columns ? clippedText(run.text, to: columns) : run.text
        guard run.style.attributes.contains(.area) else {
            return put(drawable(text, columns: min(columns, run.columns)), at: run.origin, run.style)
        }
        putArea(text, at: run.origin, run.style)
    }

    private func put(_ text: String, at point: Point, _ style: Style) {
        ct_put(CInt(point.row), CInt(point.column), text, palette.attributes(of: style), palette.pair(of: style))
    }

    /// Fonts leave gaps between the full blocks of two rows, which backgrounds do not. Each cell of an area has one of the symbols.
    private func putArea(_ text: String, at point: Point, _ style: Style) {
        var column = point.column
        var rest = text.unicodeScalars[...]
        while let first = rest.first {
            let isFull = first == Self.fullBlock
            let piece = rest.prefix { ($0 == Self.fullBlock) == isFull }
            let place = Point(column: column, row: point.row)
            if !isFull {
                put(drawable(String(piece), columns: piece.count), at: place, palette.hasColor ? style : style.without(.reverse))
            } else if palette.hasColor {
                put(String(repeating: " ", count: piece.count), at: place, style.reverse())
            } else {
                put(String(repeating: Palette.shade(of: style.tint), count: piece.count), at: place, style)
            }
            column += piece.count
            rest = rest[piece.endIndex...]
        }
    }

    private static let fullBlock: Unicode.Scalar = "█"

    /// A frame larger than the screen: curses would go on in the next row.
    private func clippedText(_ text: String, to columns: Int) -> String {
        var line = Frame(size: Size(columns: columns, rows: 1))
        line.write(text, at: Point(column: 0, row: 0))
        return line.lines.first ?? ""
    }

    /// The text with a mark for each character that ncurses cannot show, or gives another width than the frame did.
    private func drawable(_ text: String, columns: Int) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        let width = text.unicodeScalars.reduce(0) { sum, scalar in
            let width = ct_width(scalar.value)
            return width < 0 ? Int.min / 2 : sum + Int(width)
        }
        if width == columns { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let expected = displayWidth(of: String(scalar))
            if Int(ct_width(scalar.value)) == expected {
                result.append(scalar)
            } else {
                result.append(contentsOf: repeatElement(isUTF8 ? "\u{FFFD}" : "?", count: expected))
            }
        }
        return String(result)
    }
}
