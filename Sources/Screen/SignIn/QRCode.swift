import CQREncode

/// A QR code (ISO/IEC 18004) of a text, by libqrencode.
struct QRCode: Sendable, Hashable {
    /// Modules along a side.
    let side: Int
    private let isDark: [Bool]

    /// The code of a text in the smallest version that holds it; `nil` where it is empty or too long for any.
    init?(_ text: String) {
        guard let smallest = Self.encoded(text, QR_ECLEVEL_L) else { return nil }
        // More of it may be unreadable where that costs no room.
        let sturdier = Self.encoded(text, QR_ECLEVEL_M).flatMap { $0.side == smallest.side ? $0 : nil }
        (side, isDark) = sturdier ?? smallest
    }

    /// Whether the module in that column and row is dark. Light outside of the code.
    subscript(column: Int, row: Int) -> Bool {
        guard (0..<side).contains(column), (0..<side).contains(row) else { return false }
        return isDark[row * side + column]
    }

    private static func encoded(_ text: String, _ level: QRecLevel) -> (side: Int, isDark: [Bool])? {
        guard let code = QRcode_encodeString8bit(text, 0, level) else { return nil }
        defer { QRcode_free(code) }
        let side = Int(code.pointee.width)
        return (side, (0..<side * side).map { code.pointee.data[$0] & 1 == 1 })
    }
}
