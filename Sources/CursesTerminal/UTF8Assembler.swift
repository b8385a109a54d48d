/// Makes characters of bytes that come one by one. Bytes that are no UTF-8 are dropped.
struct UTF8Assembler {
    private var bytes: [UInt8] = []
    private var expected = 0

    /// True between two characters.
    var isEmpty: Bool { bytes.isEmpty }

    mutating func reset() {
        bytes = []
    }

    /// Takes a byte; returns the character that it completes.
    mutating func append(_ byte: UInt8) -> Unicode.Scalar? {
        switch byte {
        case 0x00...0x7F:
            reset()
            return Unicode.Scalar(byte)
        case 0xC2...0xDF: start(byte, length: 2)
        case 0xE0...0xEF: start(byte, length: 3)
        case 0xF0...0xF4: start(byte, length: 4)
        case 0x80...0xBF where !bytes.isEmpty: bytes.append(byte)
        default: reset()
        }
        guard !bytes.isEmpty, bytes.count == expected else { return nil }
        defer { reset() }
        return String(validating: bytes, as: UTF8.self)?.unicodeScalars.first
    }

    private mutating func start(_ byte: UInt8, length: Int) {
        bytes = [byte]
        expected = length
    }
}
