import TerminalUI
import Testing

@Suite("Text from elsewhere")
struct SanitisingTests {
    @Test(
        "Nothing gets through that commands the terminal or misleads the reader",
        arguments: [
            ("\u{1B}[2Jx", "\u{FFFD}[2Jx"), ("a\nb\tc\r\n", "a b c  "), ("a\u{7F}\u{9B}b", "a\u{FFFD}\u{FFFD}b"),
            ("a\u{202E}b\u{202C}", "a\u{FFFD}b\u{FFFD}"), ("a\u{2066}b\u{2069}", "a\u{FFFD}b\u{FFFD}"),
            ("a\u{200E}b\u{200F}\u{061C}", "ab"),
            ("a\u{0}b", "a\u{FFFD}b"), ("a\u{2028}b", "a b"), ("a\u{FEFF}b", "ab"), ("Grüße, 日本 °", "Grüße, 日本 °"), ("", ""),
        ])
    func sanitising(text: String, expected: String) {
        #expect(sanitised(text) == expected)
        #expect(displayWidth(of: text) == displayWidth(of: expected))
    }

    @Test("In ASCII the mark is a question mark")
    func asciiMark() {
        #expect(sanitised("a\u{1B}b", symbols: .ascii) == "a?b")
    }

    @Test("A frame holds no control character, whatever is written")
    func frames() {
        var frame = Frame(size: Size(columns: 20, rows: 1))
        for value in UInt8(0)...255 { frame.write("x" + String(Unicode.Scalar(value)) + "y", at: Point(column: 0, row: 0)) }
        frame.write("\u{1B}]0;title\u{7}", at: Point(column: 0, row: 0))
        #expect(frame.lines == ["\u{FFFD}]0;title\u{FFFD}"])
    }

    @Test(
        "Widths are those that terminals agree on",
        arguments: [
            ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("🌡️", 1), ("👩‍💻", 4), ("👍🏽", 2),
            ("🇳🇴", 2), ("✓●▸⣿█", 5), ("CO₂", 3), ("", 0), ("\u{301}", 0), ("ｱ", 1), ("Ａ", 2),
        ])
    func widths(text: String, width: Int) {
        #expect(displayWidth(of: text) == width)
    }

    @Test("A heap of marks on one letter is cut, and takes one cell")
    func heapOfMarks() {
        let text = "Z" + String(repeating: "\u{0336}", count: 1000) + "!"
        #expect(displayWidth(of: text) == 2)
        #expect(sanitised(text).unicodeScalars.count == 6)
    }

    @Test("Every glyph of both symbol sets is one cell wide", arguments: [Symbols.unicode, .ascii])
    func symbols(symbols: Symbols) {
        let lines = symbols.lines
        let bar = symbols.bar
        let characters =
            [lines.topLeft, lines.topRight, lines.bottomLeft, lines.bottomRight, lines.horizontal, lines.vertical]
            + [lines.teeLeft, lines.teeRight, lines.teeUp, lines.teeDown, bar.start, bar.end, bar.full, bar.track, symbols.scrollMark]
            + bar.eighths + symbols.spark
        let texts = [
            symbols.bullet, symbols.hollowBullet, symbols.up, symbols.down, symbols.right, symbols.steady, symbols.check, symbols.cross,
            symbols.marker, symbols.dash, symbols.minus, symbols.ellipsis, symbols.separator, symbols.warning, symbols.secret,
        ]
        for text in texts + characters.map({ String($0) }) {
            #expect(displayWidth(of: text) == 1, "\(text)")
            #expect(text.unicodeScalars.count == 1)
            #expect(!symbols.isASCII || text.utf8.count == 1)
        }
    }
}
