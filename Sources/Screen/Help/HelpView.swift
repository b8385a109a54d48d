import TerminalUI

/// Keys and steps, in two columns where the screen is wide, scrolled where it is low.
struct HelpView: Widget {
    let state: HelpState
    let symbols: Symbols

    /// The widest column that is comfortable to read, and what is between two.
    private static let columnWidth = 76
    private static let gap = 3

    func render(into frame: inout Frame, in rect: Rect) {
        let columns = Self.columns(state.sections, in: rect.size, symbols: symbols)
        let count = columns.map(\.count).max() ?? 0
        let width = Self.width(in: rect.size)
        let needed = Size(columns: columns.count * (width + Self.gap) - Self.gap + 4, rows: min(rect.rows, count + 2))
        let panel = rect.centred(Size(columns: rect.columns - needed.columns <= 1 ? rect.columns : needed.columns, rows: needed.rows))
        let visible = max(0, panel.rows - 2)
        let first = min(state.offset, max(0, count - visible))
        let trailing = count > visible ? "\(symbols.up)\(symbols.down) scroll" : "Esc back"
        Panel(title: state.title, trailing: trailing, isFocused: true, symbols: symbols).render(into: &frame, in: panel)
        let interior = Panel.interior(of: panel).inset(columns: 1, rows: 0)
        for (index, lines) in columns.enumerated() {
            let area = Rect(column: interior.column + index * (width + Self.gap), row: interior.row, columns: width, rows: interior.rows)
            for (row, line) in lines.dropFirst(first).prefix(visible).enumerated() {
                TextLine(line, symbols: symbols).render(into: &frame, in: area.line(row))
            }
        }
    }

    /// The furthest that it can be scrolled on a screen of that size.
    static func lastOffset(_ sections: [HelpSection], screen: Size, symbols: Symbols) -> Int {
        let body = Size(columns: screen.columns, rows: screen.rows - 2)
        return max(0, (columns(sections, in: body, symbols: symbols).map(\.count).max() ?? 0) - (body.rows - 2))
    }

    private static func columnCount(in size: Size) -> Int {
        size.columns >= 116 ? 2 : 1
    }

    private static func width(in size: Size) -> Int {
        let count = columnCount(in: size)
        return min(columnWidth, (size.columns - 4 - (count - 1) * gap) / count)
    }

    /// The sections in their order, each whole in one column, the columns as even as they can be.
    private static func columns(_ sections: [HelpSection], in size: Size, symbols: Symbols) -> [[Line]] {
        let texts = sections.map { $0.lines(columns: width(in: size), symbols: symbols) }
        func joined(_ part: ArraySlice<[Line]>) -> [Line] { Array(part.joined(separator: [""])) }
        guard columnCount(in: size) == 2, texts.count > 1 else { return [joined(texts[...])] }
        let splits = (1..<texts.count).map { [joined(texts[..<$0]), joined(texts[$0...])] }
        return splits.min { max($0[0].count, $0[1].count) < max($1[0].count, $1[1].count) } ?? [joined(texts[...])]
    }
}
