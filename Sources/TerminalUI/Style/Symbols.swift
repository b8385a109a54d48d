/// The glyphs that stand for things, in one of two sets: Unicode, or ASCII for terminals and locales that have no more.
///
/// Each Unicode glyph is one code point and one cell wide in every terminal.
///
/// An enumeration, since it goes along with every line that is drawn, and a value with all the glyphs in it is slow to copy.
package enum Symbols: Sendable, Hashable {
    /// For a terminal with a UTF-8 locale.
    case unicode
    /// For everything else.
    case ascii

    package var isASCII: Bool { self == .ascii }
    package var lines: Lines { isASCII ? Self.asciiLines : Self.unicodeLines }
    package var bar: Bar { isASCII ? Self.asciiBar : Self.unicodeBar }
    /// From the lowest to the highest.
    package var spark: [Character] { isASCII ? Self.asciiSpark : Self.unicodeSpark }
    /// The pictures of a signal of 1 to 4 bars: "▂" to "▂▄▆█", or "|" to "||||".
    package var signalBars: [String] { isASCII ? Self.asciiSignalBars : Self.unicodeSignalBars }
    package var bullet: String { isASCII ? "*" : "●" }
    package var hollowBullet: String { isASCII ? "o" : "○" }
    package var up: String { isASCII ? "^" : "↑" }
    package var down: String { isASCII ? "v" : "↓" }
    package var right: String { isASCII ? ">" : "→" }
    /// Neither rising nor falling.
    package var steady: String { isASCII ? "-" : "→" }
    package var check: String { isASCII ? "+" : "✓" }
    package var cross: String { isASCII ? "x" : "✗" }
    package var marker: String { isASCII ? ">" : "▸" }
    package var degree: String { isASCII ? "" : "°" }
    package var co2: String { isASCII ? "CO2" : "CO₂" }
    /// The arrows to the eight points of the compass, from north on clockwise; the points' letters in ASCII.
    package var compassArrows: [String] {
        isASCII ? ["N", "NE", "E", "SE", "S", "SW", "W", "NW"] : ["↑", "↗", "→", "↘", "↓", "↙", "←", "↖"]
    }
    /// Stands for no wind.
    package var calm: String { isASCII ? "." : "·" }
    /// A point of a curve that is looked at.
    package var curveMark: Character { isASCII ? "O" : "●" }
    /// Stands for a missing value.
    package var dash: String { isASCII ? "-" : "–" }
    package var minus: String { isASCII ? "-" : "−" }
    /// Stands for what was cut off. One cell.
    package var ellipsis: String { isASCII ? "~" : "…" }
    package var separator: String { isASCII ? "-" : "·" }
    package var warning: String { "!" }
    /// Stands for a character of a secret.
    package var secret: String { isASCII ? "*" : "•" }
    /// Marks where in a long list the visible rows are.
    package var scrollMark: Character { isASCII ? "#" : "▐" }
    /// Stands for a character that must not reach the terminal.
    package var replacement: Character { isASCII ? "?" : "\u{FFFD}" }

    /// What borders, dividers and axes are made of. A tee is named for the arm that stands out: `teeRight` is ├.
    package struct Lines: Sendable, Hashable {
        /// ╭ ╮ ╰ ╯ of a border.
        package let topLeft, topRight, bottomLeft, bottomRight: Character
        /// ─ and │.
        package let horizontal, vertical: Character
        /// ├ ┤ ┬ ┴.
        package let teeRight, teeLeft, teeDown, teeUp: Character
        /// ┄ and ┊, for what is only hinted at.
        package let faintHorizontal, faintVertical: Character
    }

    /// What a gauge is made of.
    package struct Bar: Sendable, Hashable {
        /// The ends: "▕" and "▏", or "[" and "]".
        package let start, end: Character
        /// A cell that is filled, and one that is not.
        package let full, track: Character
        /// Cells filled by 1 to 7 eighths; empty when the set has none.
        package let eighths: [Character]
    }

    private static let unicodeLines = Lines(
        topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯", horizontal: "─", vertical: "│",
        teeRight: "├", teeLeft: "┤", teeDown: "┬", teeUp: "┴", faintHorizontal: "┄", faintVertical: "┊"
    )
    private static let asciiLines = Lines(
        topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", horizontal: "-", vertical: "|",
        teeRight: "+", teeLeft: "+", teeDown: "+", teeUp: "+", faintHorizontal: "-", faintVertical: ":"
    )
    private static let unicodeBar = Bar(start: "▕", end: "▏", full: "█", track: "░", eighths: ["▏", "▎", "▍", "▌", "▋", "▊", "▉"])
    private static let asciiBar = Bar(start: "[", end: "]", full: "#", track: ".", eighths: [])
    private static let unicodeSpark: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let asciiSpark: [Character] = [".", ":", "-", "=", "+", "*", "#"]
    private static let unicodeSignalBars = ["▂", "▂▄", "▂▄▆", "▂▄▆█"]
    private static let asciiSignalBars = ["|", "||", "|||", "||||"]
}
