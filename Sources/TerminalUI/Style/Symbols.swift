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

    /// True for the ASCII set.
    package var isASCII: Bool { self == .ascii }
    /// What borders, dividers and axes are made of.
    package var lines: Lines { isASCII ? Self.asciiLines : Self.unicodeLines }
    /// What a gauge is made of.
    package var bar: Bar { isASCII ? Self.asciiBar : Self.unicodeBar }
    /// The levels of a sparkline, from the lowest to the highest.
    package var spark: [Character] { isASCII ? Self.asciiSpark : Self.unicodeSpark }
    /// The pictures of a signal of 1 to 4 bars: "▂" to "▂▄▆█", or "|" to "||||".
    package var signalBars: [String] { isASCII ? Self.asciiSignalBars : Self.unicodeSignalBars }
    /// A filled dot before a state: "●" or "*".
    package var bullet: String { isASCII ? "*" : "●" }
    /// An empty dot: "○" or "o".
    package var hollowBullet: String { isASCII ? "o" : "○" }
    /// Rising: "↑" or "^".
    package var up: String { isASCII ? "^" : "↑" }
    /// Falling: "↓" or "v".
    package var down: String { isASCII ? "v" : "↓" }
    /// To the right, or leads to: "→" or ">".
    package var right: String { isASCII ? ">" : "→" }
    /// Neither rising nor falling: "→" or "-".
    package var steady: String { isASCII ? "-" : "→" }
    /// Done, or true: "✓" or "+".
    package var check: String { isASCII ? "+" : "✓" }
    /// Failed, or false: "✗" or "x".
    package var cross: String { isASCII ? "x" : "✗" }
    /// Stands before the selected row: "▸" or ">".
    package var marker: String { isASCII ? ">" : "▸" }
    /// The sign of degrees: "°" or nothing.
    package var degree: String { isASCII ? "" : "°" }
    /// The gas: "CO₂" or "CO2".
    package var co2: String { isASCII ? "CO2" : "CO₂" }
    /// Stands for a missing value: "–" or "-".
    package var dash: String { isASCII ? "-" : "–" }
    /// The sign of a negative number: "−" or "-".
    package var minus: String { isASCII ? "-" : "−" }
    /// Stands for what was cut off: "…" or "~". One cell.
    package var ellipsis: String { isASCII ? "~" : "…" }
    /// Stands between two words: "·" or "-".
    package var separator: String { isASCII ? "-" : "·" }
    /// Asks for a look: "!".
    package var warning: String { "!" }
    /// Stands for a character of a secret: "•" or "*".
    package var secret: String { isASCII ? "*" : "•" }
    /// Marks where in a long list the visible rows are: "▐" or "#".
    package var scrollMark: Character { isASCII ? "#" : "▐" }
    /// Stands for a character that must not reach the terminal: "\u{FFFD}" or "?".
    package var replacement: Character { isASCII ? "?" : "\u{FFFD}" }

    /// What borders, dividers and axes are made of. A tee is named for the arm that stands out: `teeRight` is ├.
    package struct Lines: Sendable, Hashable {
        /// ╭ ╮ ╰ ╯ of a border.
        package let topLeft, topRight, bottomLeft, bottomRight: Character
        /// ─ and │.
        package let horizontal, vertical: Character
        /// ├ ┤ ┬ ┴.
        package let teeRight, teeLeft, teeDown, teeUp: Character
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
        teeRight: "├", teeLeft: "┤", teeDown: "┬", teeUp: "┴"
    )
    private static let asciiLines = Lines(
        topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", horizontal: "-", vertical: "|",
        teeRight: "+", teeLeft: "+", teeDown: "+", teeUp: "+"
    )
    private static let unicodeBar = Bar(start: "▕", end: "▏", full: "█", track: "░", eighths: ["▏", "▎", "▍", "▌", "▋", "▊", "▉"])
    private static let asciiBar = Bar(start: "[", end: "]", full: "#", track: ".", eighths: [])
    private static let unicodeSpark: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let asciiSpark: [Character] = [".", ":", "-", "=", "+", "*", "#"]
    private static let unicodeSignalBars = ["▂", "▂▄", "▂▄▆", "▂▄▆█"]
    private static let asciiSignalBars = ["|", "||", "|||", "||||"]
}
