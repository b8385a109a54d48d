import TerminalUI
import Testing

@Suite("Layout")
struct RectTests {
    /// Draws each part with a letter of its own.
    private func picture(_ size: Size, _ parts: [Rect]) -> String {
        var frame = Frame(size: size)
        for (part, letter) in zip(parts, "abcdefgh") { frame.fill(part, glyph: letter) }
        return frame.lines.joined(separator: "\n")
    }

    @Test(
        "Fixed parts keep their size, the others share the rest",
        arguments: [
            (12, "aabbbbbbbbbb"), (5, "aabbb"), (2, "aa"), (1, "a"), (0, ""),
        ])
    func splitColumns(columns: Int, expected: String) {
        let size = Size(columns: columns, rows: 1)
        #expect(picture(size, Rect(size: size).splitColumns([.length(2), .fill(1)])) == expected)
    }

    @Test(
        "Weights divide what is left without a gap",
        arguments: [
            ([Constraint.fill(1), .fill(1), .fill(1)], "aaabbbcccc"), ([.fill(1), .length(3), .fill(3)], "abbbcccccc"),
            ([.minimum(2), .length(4), .minimum(2)], "aaabbbbccc"), ([.minimum(2), .fill(1)], "aabbbbbbbb"),
            ([.length(8), .length(8)], "aaaaaaaabb"), ([.length(-3), .minimum(3)], "bbbbbbbbbb"),
        ])
    func weights(constraints: [Constraint], expected: String) {
        let size = Size(columns: 10, rows: 1)
        #expect(picture(size, Rect(size: size).splitColumns(constraints)) == expected)
    }

    @Test("A screen is put together from rows and columns")
    func screen() {
        let size = Size(columns: 12, rows: 5)
        let rows = Rect(size: size).splitRows([.length(1), .fill(1), .length(1)])
        let columns = rows[1].splitColumns([.length(4), .minimum(5)])
        #expect(
            picture(size, [rows[0]] + columns + [rows[2]]) == """
                aaaaaaaaaaaa
                bbbbcccccccc
                bbbbcccccccc
                bbbbcccccccc
                dddddddddddd
                """
        )
    }

    @Test("Nothing is ever negative")
    func neverNegative() {
        #expect(Size(columns: -1, rows: -5).isEmpty)
        #expect(Rect(column: 1, row: 1, columns: 3, rows: 3).inset(columns: 2, rows: 2).isEmpty)
        #expect(Rect(column: 0, row: 0, columns: 3, rows: 3).intersection(Rect(column: 5, row: 5, columns: 1, rows: 1)).isEmpty)
        var rect = Rect(column: 0, row: 0, columns: 3, rows: 3)
        rect.columns = -4
        #expect(rect.columns == 0)
    }

    @Test("A point is inside from the first cell to the last")
    func contains() {
        let rect = Rect(column: 2, row: 3, columns: 2, rows: 1)
        #expect(rect.contains(Point(column: 3, row: 3)))
        #expect(!rect.contains(Point(column: 4, row: 3)))
        #expect(!rect.contains(Point(column: 2, row: 4)))
    }
}
