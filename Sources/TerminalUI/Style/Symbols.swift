/// The glyphs that stand for things, in one of two sets: Unicode, or ASCII for terminals and locales that have no more.
///
/// Each Unicode glyph is one code point and one cell wide in every terminal.
///
/// An enumeration, since it goes along with every line that is drawn, and a value with all the glyphs in it is slow to copy.
public enum Symbols: Sendable, Hashable {
    /// For a terminal with a UTF-8 locale.
    case unicode
    /// For everything else.
    case ascii

    /// True for the ASCII set.
    public var isASCII: Bool { self == .ascii }
    /// What borders, dividers and axes are made of.
    public var lines: Lines { isASCII ? Self.asciiLines : Self.unicodeLines }
    /// What a gauge is made of.
    public var bar: Bar { isASCII ? Self.asciiBar : Self.unicodeBar }
    /// The levels of a sparkline, from the lowest to the highest.
    public var spark: [Character] { isASCII ? Self.asciiSpark : Self.unicodeSpark }
    /// The pictures of a signal of 1 to 4 bars: "▂" to "▂▄▆█", or "|" to "||||".
    public var signalBars: [String] { isASCII ? Self.asciiSignalBars : Self.unicodeSignalBars }
    /// A filled dot before a state: "●" or "*".
    public var bullet: String { isASCII ? "*" : "●" }
    /// An empty dot: "○" or "o".
    public var hollowBullet: String { isASCII ? "o" : "○" }
    /// Rising: "↑" or "^".
    public var up: String { isASCII ? "^" : "↑" }
    /// Falling: "↓" or "v".
    public var down: String { isASCII ? "v" : "↓" }
    /// To the right, or leads to: "→" or ">".
    public var right: String { isASCII ? ">" : "→" }
    /// Neither rising nor falling: "→" or "-".
    public var steady: String { isASCII ? "-" : "→" }
    /// Done, or true: "✓" or "+".
    public var check: String { isASCII ? "+" : "✓" }
    /// Failed, or false: "✗" or "x".
    public var cross: String { isASCII ? "x" : "✗" }
    /// Stands before the selected row: "▸" or ">".
    public var marker: String { isASCII ? ">" : "▸" }
    /// The sign of degrees: "°" or nothing.
    public var degree: String { isASCII ? "" : "°" }
    /// The gas: "CO₂" or "CO2".
    public var co2: String { isASCII ? "CO2" : "CO₂" }
    /// Stands for a missing value: "–" or "-".
    public var dash: String { isASCII ? "-" : "–" }
    /// The sign of a negative number: "−" or "-".
    public var minus: String { isASCII ? "-" : "−" }
    /// Stands for what was cut off: "…" or "~". One cell.
    public var ellipsis: String { isASCII ? "~" : "…" }
    /// Stands between two words: "·" or "-".
    public var separator: String { isASCII ? "-" : "·" }
    /// Asks for a look: "!".
    public var warning: String { "!" }
    /// Stands for a character of a secret: "•" or "*".
    public var secret: String { isASCII ? "*" : "•" }
    /// Marks where in a long list the visible rows are: "▐" or "#".
    public var scrollMark: Character { isASCII ? "#" : "▐" }
    /// Stands for a character that must not reach the terminal: "\u{FFFD}" or "?".
    public var replacement: Character { isASCII ? "?" : "\u{FFFD}" }

    /// What borders, dividers and axes are made of. A tee is named for the arm that stands out: `teeRight` is ├.
    public struct Lines: Sendable, Hashable {
        /// ╭ ╮ ╰ ╯ of a border.
        public let topLeft, topRight, bottomLeft, bottomRight: Character
        /// ─ and │.
        public let horizontal, vertical: Character
        /// ├ ┤ ┬ ┴.
        public let teeRight, teeLeft, teeDown, teeUp: Character
    }

    /// What a gauge is made of.
    public struct Bar: Sendable, Hashable {
        /// The ends: "▕" and "▏", or "[" and "]".
        public let start, end: Character
        /// A cell that is filled, and one that is not.
        public let full, track: Character
        /// Cells filled by 1 to 7 eighths; empty when the set has none.
        public let eighths: [Character]
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
