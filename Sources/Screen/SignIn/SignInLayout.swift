import TerminalUI

/// Where the parts of the sign-in are.
struct SignInLayout {
    /// The panel with its border.
    let panel: Rect
    /// The texts that have room, with the paste field among them.
    let blocks: [(block: SignInTexts.Block, place: Rect)]
    /// The code, if it has room.
    let code: (view: QRCodeView, place: Rect)?

    /// Where the paste field is; `nil` where it has no room.
    var field: Rect? { blocks.first { $0.block.isField }.map(\.place) }

    /// The fewest columns that the texts beside a code can do with, and the most that are worth reading.
    private static let textColumns = 34...96

    /// - Parameters:
    ///   - code: The code to show, if it fits.
    ///   - texts: The texts beside a code, or beside none.
    init(rect: Rect, code: (code: QRCode, kind: SignInTexts.Code)?, texts: (SignInTexts.Code?) -> SignInTexts) {
        let widest = rect.columns - 4
        let header = Self.header(texts(nil), columns: min(widest, Self.textColumns.upperBound), rows: rect.rows - 2)
        let headerRows = Self.rows(of: header)
        let room = Size(columns: widest - 1 - Self.textColumns.lowerBound, rows: rect.rows - 2 - headerRows)
        let view = code.flatMap { QRCodeView($0.code, fitting: room) }
        let codeColumns = view.map { $0.size.columns + 1 } ?? 0
        let columns = min(widest - codeColumns, Self.textColumns.upperBound)
        let body = Self.fitting(texts(view == nil ? nil : code?.kind).blocks(columns: columns), rows: room.rows)
        let bodyRows = max(Self.rows(of: body), view?.size.rows ?? 0)
        panel = rect.centred(Size(columns: columns + codeColumns + 4, rows: headerRows + bodyRows + 2))
        let parts = Panel.interior(of: panel).inset(columns: 1, rows: 0).splitRows([.length(headerRows), .fill(1)])
        let area = Rect(column: parts[1].column, row: parts[1].row, columns: columns, rows: parts[1].rows)
        blocks = Self.stacked(header, in: parts[0]) + Self.stacked(body, in: area)
        self.code = view.map { view in
            // Up to the border: the code brings its own margin.
            let start = parts[1].endColumn + 1 - view.size.columns
            return (view, Rect(column: start, row: parts[1].row, columns: view.size.columns, rows: bodyRows))
        }
    }

    /// What stands at the top over the whole width: what is in the way of a sign-in, and the address. That one goes where the other
    /// leaves no room for it and the paste field: it is of no use for now.
    private static func header(_ texts: SignInTexts, columns: Int, rows: Int) -> [SignInTexts.Block] {
        let address = texts.address(columns: columns)
        guard let warning = texts.warning(columns: columns) else { return [address] }
        let fixed = texts.blocks(columns: columns).filter { $0.importance == nil }
        return Self.rows(of: [warning, address] + fixed) <= rows ? [warning, address] : [warning]
    }

    /// Without what matters least, until the rest has room.
    private static func fitting(_ blocks: [SignInTexts.Block], rows: Int) -> [SignInTexts.Block] {
        var blocks = blocks
        while Self.rows(of: blocks) > rows,
            let least = blocks.compactMap(\.importance).min(), let index = blocks.lastIndex(where: { $0.importance == least })
        {
            blocks.remove(at: index)
        }
        return blocks
    }

    private static func rows(of blocks: [SignInTexts.Block]) -> Int {
        blocks.map(\.rows).reduce(0, +)
    }

    /// One below the other, as far as there is room.
    private static func stacked(_ blocks: [SignInTexts.Block], in area: Rect) -> [(block: SignInTexts.Block, place: Rect)] {
        var rest = area
        return blocks.map { block in
            let parts = rest.splitRows([.length(block.rows), .fill(1)])
            rest = parts[1]
            return (block, parts[0])
        }
    }
}
