import TerminalUI

/// A QR code in half blocks, two modules a cell, with a margin that is as light as its light modules.
struct QRCodeView: Widget {
    let code: QRCode
    /// In modules.
    let margin: Int

    /// The standard asks for a margin of 4 modules; cameras make do with 2.
    private static let margins = [4, 3, 2]

    /// The view with the widest margin that fits into a room; `nil` where none does.
    init?(_ code: QRCode, fitting room: Size) {
        let fits = Self.margins.first { margin in
            let size = Self.size(of: code, margin: margin)
            return size.columns <= room.columns && size.rows <= room.rows
        }
        guard let fits else { return nil }
        self.code = code
        margin = fits
    }

    var size: Size { Self.size(of: code, margin: margin) }

    private static func size(of code: QRCode, margin: Int) -> Size {
        let modules = code.side + 2 * margin
        return Size(columns: modules, rows: (modules + 1) / 2)
    }

    func render(into frame: inout Frame, in rect: Rect) {
        for row in 0..<size.rows {
            let spans = (0..<size.columns).map { column in
                cell(upper: code[column - margin, 2 * row - margin], lower: code[column - margin, 2 * row + 1 - margin])
            }
            frame.write(Line(spans), at: Point(column: rect.column, row: rect.row + row), limit: rect.columns)
        }
    }

    /// Two modules, one above the other. With upper half blocks and blanks alone, since full and lower half blocks of many fonts leave
    /// a line of the background below them, at which cameras take fright.
    private func cell(upper: Bool, lower: Bool) -> Span {
        switch (upper, lower) {
        case (true, true): Span(" ", Style.code.reverse())
        case (true, false): Span("▀", .code)
        case (false, true): Span("▀", Style.code.reverse())
        case (false, false): Span(" ", .code)
        }
    }
}
