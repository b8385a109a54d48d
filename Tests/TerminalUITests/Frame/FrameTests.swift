import TerminalUI
import Testing

@Suite("Frame")
struct FrameTests {
    private func frame(_ text: String, columns: Int = 8, at column: Int = 0, limit: Int? = nil) -> Frame {
        var frame = Frame(size: Size(columns: columns, rows: 1))
        frame.write(text, at: Point(column: column, row: 0), limit: limit)
        return frame
    }

    @Test(
        "Text is clipped by display width and never wraps",
        arguments: [
            ("abcdefghij", 0, nil, "abcdefgh"), ("日本語日本", 0, nil, "日本語日"), ("日本語日本", 1, nil, " 日本語"), ("abc", 6, nil, "      ab"),
            ("abc", -1, nil, "bc"), ("日本", -1, nil, " 本"), ("abc", 0, 2, "ab"), ("日本", 0, 3, "日"), ("abc", 99, nil, ""), ("abc", 0, -1, ""),
        ])
    func clipping(text: String, column: Int, limit: Int?, expected: String) {
        #expect(frame(text, at: column, limit: limit).lines == [expected])
    }

    @Test("The columns used are returned")
    func columnsUsed() {
        var frame = Frame(size: Size(columns: 8, rows: 1))
        let inside = frame.write("a日é", at: Point(column: 0, row: 0))
        let outside = frame.write("a", at: Point(column: 0, row: 7))
        #expect(inside == 4)
        #expect(outside == 0)
    }

    @Test("A wide glyph that is covered by half leaves a blank", arguments: [(0, "x 本"), (1, " x本"), (2, "日x"), (3, "日 x")])
    func halfCovered(column: Int, expected: String) {
        var frame = frame("日本", columns: 4)
        frame.write("x", at: Point(column: column, row: 0))
        #expect(frame.lines == [expected])
    }

    @Test("A wide glyph over the halves of two others leaves blanks on both sides")
    func wideOverHalves() {
        var frame = frame("日本", columns: 4)
        frame.write("語", at: Point(column: 1, row: 0))
        #expect(frame.lines == [" 語"])
        #expect(frame[2, 0].isContinuation)
    }

    @Test("A cell holds a letter with up to four marks, in their order", arguments: [0, 1, 2, 3, 4, 5])
    func marks(count: Int) {
        let marks: [Unicode.Scalar] = ["\u{301}", "\u{323}", "\u{308}", "\u{1DFF}", "\u{330}"]
        let text = { String(String.UnicodeScalarView(["日"] + marks.prefix($0) + ["!"])) }
        let frame = frame(text(count))
        let expected = text(min(4, count))
        #expect(frame.lines.map { Array($0.unicodeScalars) } == [Array(expected.unicodeScalars)])
        #expect(Array(frame[0, 0].glyph.unicodeScalars) == Array(expected.unicodeScalars.dropLast()))
        #expect(frame[1, 0].isContinuation && frame[2, 0].glyph == "!")
        #expect(frame.runs(changedFrom: self.frame(text(0))).isEmpty == (count == 0), "a mark is a difference")
    }

    @Test("An equal frame has no runs; a changed digit has one")
    func runs() {
        let before = frame("at 12:04")
        #expect(frame("at 12:04").runs(changedFrom: before).isEmpty)
        let change = frame("at 12:05").runs(changedFrom: before)
        #expect(change.map(\.text) == ["5"])
        #expect(change.map(\.origin) == [Point(column: 7, row: 0)])
    }

    @Test("Runs are as long as one style goes, and count the cells of wide glyphs")
    func runStyles() {
        var frame = Frame(size: Size(columns: 6, rows: 1))
        frame.write("ab", at: Point(column: 0, row: 0), style: .good)
        frame.write("日", at: Point(column: 2, row: 0), style: .bad)
        let runs = frame.runs(changedFrom: nil)
        #expect(runs.map(\.text) == ["ab", "日", "  "])
        #expect(runs.map(\.columns) == [2, 2, 2])
        #expect(runs.map(\.style) == [.good, .bad, .plain])
    }

    @Test("What the runs write turns the old frame into the new one", arguments: ["", "日本", "a日b", " 日本", "abcdefgh", "日本語語", "x本"])
    func runsAreEnough(old: String) {
        for new in ["", "日本", "a日b", " 日本", "abcdefgh", "日本語語", "x本", " 語"] {
            let target = frame(new)
            var screen = frame(old)
            for run in target.runs(changedFrom: screen) { screen.write(run.text, at: run.origin, style: run.style) }
            #expect(screen == target, "from \(old) to \(new)")
        }
    }

    @Test("A frame of another size is drawn whole")
    func otherSize() {
        #expect(frame("abc").runs(changedFrom: frame("abc", columns: 9)).count == 1)
    }

    @Test("Styles can be changed without the text, also on half of a wide glyph")
    func restyling() {
        var frame = frame("a日b")
        frame.setStyle(in: Rect(column: 2, row: 0, columns: 1, rows: 1), .bad)
        #expect(frame.lines == ["a日b"])
        #expect(frame.text(in: .bad) == "日")
        frame.addAttributes(in: frame.bounds, .bold)
        #expect(frame[0, 0].style == Style.plain.bold())
        #expect(frame[99, 99] == .blank)
    }

    @Test("Filling is clipped, and takes one cell per glyph")
    func filling() {
        var frame = Frame(size: Size(columns: 3, rows: 2))
        frame.fill(Rect(column: -5, row: 1, columns: 7, rows: 9), glyph: "#")
        #expect(frame.lines == ["", "##"])
        frame.fill(frame.bounds, glyph: "日")
        #expect(frame.lines == ["", ""])
    }
}
