internal import TerminalUI

/// The bytes between the two markers of a paste, up to a limit.
struct PasteBuffer {
    /// The most bytes that a paste may have; the rest is dropped.
    static let limit = 64 * 1024

    private var bytes: [UInt8] = []

    mutating func append(_ byte: UInt8) {
        guard bytes.count < Self.limit else { return }
        bytes.append(byte)
    }

    /// One line of text: line breaks at the ends go, those inside become a space, other control characters are left out.
    var text: String {
        let breaks: Set<UInt8> = [0x0A, 0x0D]
        var kept = bytes[...]
        while let first = kept.first, breaks.contains(first) { kept.removeFirst() }
        while let last = kept.last, breaks.contains(last) { kept.removeLast() }
        var line: [UInt8] = []
        var previous: UInt8 = 0
        for byte in kept {
            defer { previous = byte }
            if byte == 0x0A, previous == 0x0D { continue }
            if byte == 0x09 || breaks.contains(byte) {
                line.append(0x20)
            } else if byte > 0x1F, byte != 0x7F {
                line.append(byte)
            }
        }
        return sanitised(String(decoding: line, as: UTF8.self)).filter { $0 != "\u{FFFD}" }
    }
}
