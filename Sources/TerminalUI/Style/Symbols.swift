/// The glyphs that stand for things, in one of two sets: Unicode, or ASCII for terminals and locales that have no more.
///
/// Each Unicode glyph is one code point and one cell wide in every terminal.
public struct Symbols: Sendable, Hashable {
    /// True for the ASCII set.
    public let isASCII: Bool
    /// What borders, dividers and axes are made of.
    public let lines: Lines
    /// What a gauge is made of.
    public let bar: Bar
    /// The levels of a sparkline, from the lowest to the highest.
    public let spark: [Character]
    /// The pictures of a signal of 1 to 4 bars: "▂" to "▂▄▆█", or "|" to "||||".
    public let signalBars: [String]
    /// A filled dot before a state: "●" or "*".
    public let bullet: String
    /// An empty dot: "○" or "o".
    public let hollowBullet: String
    /// Rising: "↑" or "^".
    public let up: String
    /// Falling: "↓" or "v".
    public let down: String
    /// To the right, or leads to: "→" or ">".
    public let right: String
    /// Neither rising nor falling: "→" or "-".
    public let steady: String
    /// Done, or true: "✓" or "+".
    public let check: String
    /// Failed, or false: "✗" or "x".
    public let cross: String
    /// Stands before the selected row: "▸" or ">".
    public let marker: String
    /// The sign of degrees: "°" or nothing.
    public let degree: String
    /// The gas: "CO₂" or "CO2".
    public let co2: String
    /// Stands for a missing value: "–" or "-".
    public let dash: String
    /// The sign of a negative number: "−" or "-".
    public let minus: String
    /// Stands for what was cut off: "…" or "~". One cell.
    public let ellipsis: String
    /// Stands between two words: "·" or "-".
    public let separator: String
    /// Asks for a look: "!".
    public let warning: String
    /// Stands for a character of a secret: "•" or "*".
    public let secret: String
    /// Marks where in a long list the visible rows are: "▐" or "#".
    public let scrollMark: Character
    /// Stands for a character that must not reach the terminal: "\u{FFFD}" or "?".
    public let replacement: Character

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

    /// For a terminal with a UTF-8 locale.
    public static let unicode = Symbols(
        isASCII: false,
        lines: Lines(
            topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯", horizontal: "─", vertical: "│",
            teeRight: "├", teeLeft: "┤", teeDown: "┬", teeUp: "┴"
        ),
        bar: Bar(start: "▕", end: "▏", full: "█", track: "░", eighths: ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]),
        spark: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        signalBars: ["▂", "▂▄", "▂▄▆", "▂▄▆█"],
        bullet: "●", hollowBullet: "○", up: "↑", down: "↓", right: "→", steady: "→", check: "✓", cross: "✗", marker: "▸",
        degree: "°", co2: "CO₂", dash: "–", minus: "−", ellipsis: "…", separator: "·", warning: "!", secret: "•",
        scrollMark: "▐", replacement: "\u{FFFD}"
    )

    /// For everything else.
    public static let ascii = Symbols(
        isASCII: true,
        lines: Lines(
            topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", horizontal: "-", vertical: "|",
            teeRight: "+", teeLeft: "+", teeDown: "+", teeUp: "+"
        ),
        bar: Bar(start: "[", end: "]", full: "#", track: ".", eighths: []),
        spark: [".", ":", "-", "=", "+", "*", "#"],
        signalBars: ["|", "||", "|||", "||||"],
        bullet: "*", hollowBullet: "o", up: "^", down: "v", right: ">", steady: "-", check: "+", cross: "x", marker: ">",
        degree: "", co2: "CO2", dash: "-", minus: "-", ellipsis: "~", separator: "-", warning: "!", secret: "*",
        scrollMark: "#", replacement: "?"
    )
}
