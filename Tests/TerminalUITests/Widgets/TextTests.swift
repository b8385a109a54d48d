import TerminalUI
import Testing

@Suite("Lines and paragraphs")
struct TextTests {
    @Test(
        "A line is cut off with an ellipsis by display width",
        arguments: [
            ("Grüße aus der Stube", 10, "Grüße aus…"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("abc", 0, ""),
            ("abc", 1, "…"),
        ])
    func clipping(text: String, columns: Int, expected: String) {
        #expect(drawing(TextLine(text), columns, 1) == expected)
        #expect(clipped(text, to: columns) == expected)
    }

    @Test("Spans keep their styles when the line is cut off")
    func spans() {
        let line = Line([Span("ab", .good), Span("cdef", .bad), Span("gh", .muted)])
        let frame = frame(of: TextLine(line), 5, 1)
        #expect(frame.lines == ["abcd…"])
        #expect(frame.text(in: .good) == "ab")
        #expect(frame.text(in: .bad) == "cd…")
        #expect(TerminalUITests.frame(of: TextLine(line), 2, 1).lines == ["a…"])
        #expect(TerminalUITests.frame(of: TextLine(line), 3, 1).lines == ["ab…"])
    }

    @Test("A line stands left, in the middle or at the right", arguments: [(Alignment.left, "ab"), (.centre, "  ab"), (.right, "    ab")])
    func alignment(alignment: Alignment, expected: String) {
        #expect(drawing(TextLine("ab", alignment: alignment), 6, 1) == expected)
    }

    @Test("A paragraph is wrapped at spaces, and inside words only where it must")
    func wrapping() {
        let text = "The quick brown fox. 日本語のテキスト averyveryverylongword\n\nend"
        #expect(
            drawing(Paragraph(text), 12, 9) == """
                The quick
                brown fox.
                日本語のテキ
                スト
                averyveryver
                ylongword

                end

                """
        )
        #expect(Paragraph(text).rows(at: 12) == 8)
        #expect(wrapped("a\r\nb", to: 5) == ["a", "b"])
        #expect(wrapped("abc", to: 0).isEmpty)
        #expect(wrapped("日", to: 1) == ["日"])
    }
}
