/// Percent-encoding of names and values in forms and queries, with the strictest set: only RFC 3986's unreserved
/// characters stay as they are. NetAtmo's tokens hold `|`, which has to be encoded.
package enum PercentEncoding {
    package static func encode(_ text: String) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) {
                encoded.append(byte)
            } else {
                encoded += "%\(hexadecimal(byte >> 4))\(hexadecimal(byte & 15))".utf8
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// Pairs as a form or a query: `name=value&name=value`.
    package static func form(_ pairs: [(name: String, value: String)]) -> String {
        pairs.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
    }

    /// Reads a form or a query. `+` is a blank; a broken escape or bytes that are no UTF-8 make the whole text `nil`.
    package static func pairs(in form: some StringProtocol) -> [(name: String, value: String)]? {
        var pairs: [(name: String, value: String)] = []
        // By bytes: as characters, a separator and an accent behind it would be one.
        for field in Array(form.utf8).split(separator: UInt8(ascii: "&")) {
            let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first.flatMap(decode), let value = decode(parts.count > 1 ? parts[1] : []) else { return nil }
            pairs.append((name, value))
        }
        return pairs
    }

    private static func decode(_ text: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"):
                bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(value), let low = rest.popFirst().flatMap(value) else { return nil }
                bytes.append(high << 4 | low)
            default:
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "A"..."Z", "a"..."z", "0"..."9", "-", ".", "_", "~": true
        default: false
        }
    }

    private static func hexadecimal(_ nibble: UInt8) -> String {
        String(nibble, radix: 16, uppercase: true)
    }

    private static func value(ofHexadecimalDigit digit: UInt8) -> UInt8? {
        Character(Unicode.Scalar(digit)).hexDigitValue.map(UInt8.init)
    }
}
