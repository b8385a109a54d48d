import TerminalUI
import Testing

@Suite("Panel and divider")
struct PanelTests {
    @Test("The title is set into the top edge, the trailing text at its right")
    func border() {
        let panel = Panel(title: "Readings", trailing: "6 modules", symbols: .unicode)
        #expect(
            drawing(panel, 30, 3) == """
                ╭ Readings ─────── 6 modules ╮
                │                            │
                ╰────────────────────────────╯
                """
        )
    }

    @Test("In ASCII the border is made of dashes")
    func ascii() {
        let panel = Panel(title: "Readings", trailing: "6 modules", symbols: .ascii)
        #expect(
            drawing(panel, 30, 3) == """
                + Readings ------- 6 modules +
                |                            |
                +----------------------------+
                """
        )
    }

    @Test("A narrow panel loses the trailing text, then the end of the title")
    func narrow() {
        let panel = Panel(title: "Readings", trailing: "6 modules", symbols: .unicode)
        #expect(drawing(panel, 18, 2) == "╭ Readings ──────╮\n╰────────────────╯")
        #expect(drawing(panel, 9, 2) == "╭ Read… ╮\n╰───────╯")
        #expect(drawing(panel, 4, 2) == "╭──╮\n╰──╯")
        #expect(drawing(panel, 1, 1) == "")
    }

    @Test("A panel with the focus has another colour")
    func focus() {
        #expect(frame(of: Panel(title: "A", isFocused: true, symbols: .unicode), 9, 3)[0, 0].style.role == .accent)
        #expect(frame(of: Panel(title: "A", isFocused: false, symbols: .unicode), 9, 3)[0, 0].style.role == .border)
    }

    @Test("A divider joins the borders of the panel around it")
    func divider() {
        #expect(drawing(Divider(title: "Stue", symbols: .unicode), 20, 1) == "├ Stue ────────────┤")
        #expect(drawing(Divider(symbols: .ascii), 6, 1) == "+----+")
    }

    @Test("The interior is what the border leaves")
    func interior() {
        let rect = Rect(column: 3, row: 4, columns: 10, rows: 5)
        #expect(Panel.interior(of: rect) == Rect(column: 4, row: 5, columns: 8, rows: 3))
        #expect(Panel.interior(of: Rect(column: 3, row: 4, columns: 1, rows: 1)).isEmpty)
    }
}
