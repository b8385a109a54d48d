import TerminalUI
import Testing

@Suite("The comparison of pictures")
struct PictureComparisonTests {
    private func frame(_ style: Style) -> Frame {
        var frame = Frame(size: Size(columns: 20, rows: 3))
        frame.write("Battery 日", at: Point(column: 2, row: 1), style: .muted)
        frame.write("12 %", at: Point(column: 13, row: 1), style: style)
        return frame
    }

    @Test("a role that changed is told with its place, its text and both roles")
    func role() {
        let before = Picture(text: Picture(frame(.warning)).text)
        #expect(Picture(frame(.warning)).changes(since: before) == [])
        #expect(Picture(frame(.good)).changes(since: before) == [#"row 1, column 13, "12 %": warning before, good now"#])
        #expect(
            Picture(frame(.warning.bold())).changes(since: before)
                == [#"row 1, column 13, "12 %": warning before, warning with attributes 1 now"#]
        )
    }

    @Test("each role and each attribute has a sign of its own", arguments: Role.allCases)
    func signs(_ role: Role) {
        let before = Picture(text: Picture(frame(Style(role))).text)
        for other in Role.allCases where other != role {
            #expect(Picture(frame(Style(other))).changes(since: before).count == 1, "\(role) and \(other)")
        }
        for attribute in [Attributes.bold, .dim, .underline, .reverse] {
            #expect(Picture(frame(Style(role, attribute))).changes(since: before).count == 1)
        }
    }

    @Test("a picture is kept as text with its roles below, each under its cell")
    func text() {
        #expect(
            Picture(frame(.warning.bold())).text
                == [
                    "", "  Battery 日 12 %", "", "=== Roles: w warning, m muted", "", "..mmmmmmmmmm.wwww", "",
                    "=== Attributes: the sum of 1 bold, 2 dim, 4 underline, 8 reverse", "", ".............1111", "",
                ].joined(separator: "\n")
        )
    }

    @Test("a part of a frame is a picture of its own")
    func part() {
        let part = Picture(frame(.bad), rows: 1..<2, columns: 13..<20)
        #expect(part.text == "12 %\n=== Roles: b bad\nbbbb\n")
    }
}
