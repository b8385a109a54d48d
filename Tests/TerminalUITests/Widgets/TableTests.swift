import TerminalUI
import Testing

@Suite("Table")
struct TableTests {
    private static let columns = [
        TableColumn(title: "Module", width: .minimum(8), importance: 9),
        TableColumn(title: "Temp", width: .fixed(8), alignment: .right, importance: 8),
        TableColumn(title: "Hum", width: .fixed(5), alignment: .right, importance: 5),
        TableColumn(title: "CO₂", width: .fixed(5), alignment: .right, importance: 6),
        TableColumn(title: "Age", width: .fixed(5), alignment: .right, importance: 3),
    ]
    private static let rows: [TableRow] = [
        ["Stue", "21.4° ↑", "41 %", "913", "0:30"],
        ["Ute", "−3.6° ↓", "88 %", "–", "1:00"],
        ["Vind", "14 km/h SW, gusts 31", "", "", "1:02"],
        ["Soverommet", "19.0° →", "45 %", "600", "0:30"],
    ]

    private func table(focused: Bool = true, symbols: Symbols = .unicode) -> Table {
        Table(columns: Self.columns, rowCount: Self.rows.count, row: { Self.rows[$0] }, selected: 1, isFocused: focused, symbols: symbols)
    }

    @Test("Columns are aligned, and a long text runs over the blank cells after it")
    func wide() {
        #expect(
            drawing(table(), 44, 5) == """
                 Module               Temp   Hum   CO₂   Age
                 Stue              21.4° ↑  41 %   913  0:30
                ▸Ute               −3.6° ↓  88 %     –  1:00
                 Vind             14 km/h SW, gusts 31  1:02
                 Soverommet        19.0° →  45 %   600  0:30
                """
        )
    }

    @Test("The least important columns go first, the first column never")
    func narrow() {
        #expect(
            drawing(table(), 30, 4) == """
                 Module            Temp   CO₂
                 Stue           21.4° ↑   913▐
                ▸Ute            −3.6° ↓     –▐
                 Vind          14 km/h SW, g…
                """
        )
        #expect(drawing(table(), 6, 3) == " Mod…\n Stue▐\n▸Ute")
    }

    @Test("The selected row is reversed where the focus is, and only marked elsewhere")
    func selection() {
        #expect(frame(of: table(), 44, 5)[20, 2].style == .selection)
        let unfocused = frame(of: table(focused: false, symbols: .ascii), 44, 5)
        #expect(unfocused[20, 2].style == Style.plain.bold())
        #expect(unfocused[0, 2].glyph == ">")
    }

    @Test(
        "Of 6,000 rows only those that show are made",
        arguments: [
            (0, 0..<4), (3000, 3000..<3004), (5998, 5998..<6000), (9999, 5999..<6000),
        ])
    func manyRows(offset: Int, shown: Range<Int>) {
        var asked: [Int] = []
        let table = Table(
            columns: [TableColumn(title: "N", width: .fixed(6))], rowCount: 6000,
            row: { index in
                asked.append(index)
                return [Line(String(index))]
            }, offset: offset, symbols: .unicode
        )
        _ = frame(of: table, 10, 5)
        #expect(asked == Array(shown))
    }

    @Test("The mark at the right edge is as far down as the rows that show", arguments: [(0, 1), (50, 2), (96, 4)])
    func scrollMark(offset: Int, row: Int) {
        let table = Table(
            columns: [TableColumn(title: "N", width: .fixed(6))], rowCount: 100, row: { [Line(String($0))] }, offset: offset,
            symbols: .unicode
        )
        let frame = frame(of: table, 10, 5)
        #expect((0..<5).filter { frame[9, $0].glyph == "▐" } == [row])
    }

    @Test(
        "The offset follows the selection and no further",
        arguments: [
            (0, 0, 0), (4, 0, 0), (5, 0, 1), (20, 0, 16), (3, 7, 3), (9, 7, 7),
        ])
    func offset(selected: Int, current: Int, expected: Int) {
        #expect(Table.offset(keeping: selected, visible: 5, current: current) == expected)
    }

    @Test("No blank rows are left at the end when the number of rows is known")
    func offsetAtEnd() {
        #expect(Table.offset(keeping: 9, visible: 5, of: 10, current: 8) == 5)
        #expect(Table.offset(keeping: 1, visible: 5, of: 3, current: 2) == 0)
    }

    @Test("A table without rows, or without room, draws what it can")
    func empty() {
        #expect(drawing(Table(columns: Self.columns, rowCount: 0, row: { _ in [] }, symbols: .unicode), 12, 3) == " Module\n\n")
        #expect(drawing(table(), 0, 0) == "")
        #expect(drawing(table(), 1, 1) == "")
    }
}
