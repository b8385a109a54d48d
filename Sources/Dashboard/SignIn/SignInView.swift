import Exporter
import FoundationEssentials
import TerminalUI

/// The sign-in: which address to open, as text and as a code for a phone, a field for what was pasted, and how far it is.
struct SignInView: Widget {
    let form: SignInForm
    let state: DashboardState

    private var symbols: Symbols { state.symbols }

    /// The fewest columns that the texts beside a code can do with, and the most that are worth reading.
    private static let textColumns = 34...96

    func render(into frame: inout Frame, in rect: Rect) {
        let widest = rect.columns - 4
        let header = header(columns: min(widest, Self.textColumns.upperBound), rows: rect.rows - 2)
        let code = chosenCode(room: Size(columns: widest - 1 - Self.textColumns.lowerBound, rows: rect.rows - 2 - header.rows))
        let codeColumns = code.map { $0.view.size.columns + 1 } ?? 0
        let columns = min(widest - codeColumns, Self.textColumns.upperBound)
        let texts = SignInTexts(form: form, state: state, code: code?.kind)
        let blocks = fitting(texts.blocks(columns: columns), rows: rect.rows - 2 - header.rows)
        let rows = max(blocks.map(\.rows).reduce(0, +), code?.view.size.rows ?? 0)
        let panel = rect.centred(Size(columns: columns + codeColumns + 4, rows: header.rows + rows + 2))
        Panel(title: Line("Sign in to NetAtmo", Style.accent.bold()), trailing: timeLeft, isFocused: true, symbols: symbols)
            .render(into: &frame, in: panel)
        let parts = Panel.interior(of: panel).inset(columns: 1, rows: 0).splitRows([.length(header.rows), .fill(1)])
        header.draw(&frame, parts[0])
        if let code {
            // Up to the border: the code brings its own margin.
            let start = parts[1].endColumn + 1 - code.view.size.columns
            code.view.render(into: &frame, in: Rect(column: start, row: parts[1].row, columns: code.view.size.columns, rows: rows))
        }
        var area = Rect(column: parts[1].column, row: parts[1].row, columns: columns, rows: parts[1].rows)
        for block in blocks {
            block.draw(&frame, Rect(column: area.column, row: area.row, columns: area.columns, rows: min(block.rows, area.rows)))
            area = Rect(column: area.column, row: area.row + block.rows, columns: area.columns, rows: area.rows - block.rows)
        }
    }

    /// What stands at the top over the whole width: what is in the way of a sign-in, and the address. That one goes where the other
    /// leaves no room for it and the paste field: it is of no use for now.
    private func header(columns: Int, rows: Int) -> SignInTexts.Block {
        let texts = SignInTexts(form: form, state: state, code: nil)
        let address = texts.address(columns: columns)
        guard let warning = texts.warning(columns: columns) else { return address }
        let fixed = texts.blocks(columns: columns).filter { $0.importance == nil }.map(\.rows).reduce(0, +)
        guard warning.rows + address.rows + fixed <= rows else { return warning }
        return SignInTexts.Block(rows: warning.rows + address.rows, importance: nil) { frame, rect in
            let parts = rect.splitRows([.length(warning.rows), .fill(1)])
            warning.draw(&frame, parts[0])
            address.draw(&frame, parts[1])
        }
    }

    private var timeLeft: Line {
        guard let offer = form.offer else { return Line("") }
        guard !form.isOver else { return Line("used: a gives new ones", .muted) }
        guard !form.isExpired(at: state.now) else { return Line("expired: a gives new ones", .bad) }
        let isShort = offer.expires.timeIntervalSince(state.now) < 60
        return Line("\(DurationText.age(of: state.now, at: offer.expires)) left", isShort ? .warning : .muted)
    }

    /// The short address for a phone where there is one, else NetAtmo's page, which takes a larger screen. ASCII has no half blocks.
    private func chosenCode(room: Size) -> (view: QRCodeView, kind: SignInTexts.Code)? {
        guard !symbols.isASCII, !form.isExpired(at: state.now) else { return nil }
        if let code = form.phoneCode { return QRCodeView(code, fitting: room).map { ($0, .phone) } }
        return form.netatmoCode.flatMap { QRCodeView($0, fitting: room) }.map { ($0, .netatmo) }
    }

    /// Without what matters least, until the rest has room.
    private func fitting(_ blocks: [SignInTexts.Block], rows: Int) -> [SignInTexts.Block] {
        var blocks = blocks
        while blocks.map(\.rows).reduce(0, +) > rows,
            let least = blocks.compactMap(\.importance).min(), let index = blocks.lastIndex(where: { $0.importance == least })
        {
            blocks.remove(at: index)
        }
        return blocks
    }
}
