/// The fields of an `application/x-www-form-urlencoded` body or a query, each once.
struct FormFields: Equatable, Sendable {
    enum Problem: Error, Equatable {
        /// `%` without two hexadecimal digits, or bytes that are no UTF-8.
        case badEncoding
        /// RFC 6749 (3.1) forbids a parameter that comes twice.
        case repeated(String)
        case tooMany
    }

    private static let limit = 100

    private var values: [String: String] = [:]

    init() {}

    /// - Parameter text: as it came, still percent-encoded. A `+` stands for a blank, as browsers write it.
    /// - Throws: ``Problem`` for anything that isn't a well-formed form.
    init(_ text: String) throws(Problem) {
        for pair in text.split(separator: "&") {
            guard values.count < Self.limit else { throw .tooMany }
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decode(parts[0])
            guard values[name] == nil else { throw .repeated(name) }
            values[name] = parts.count > 1 ? try Self.decode(parts[1]) : ""
        }
    }

    /// The value of a field, `nil` if it isn't there.
    subscript(name: String) -> String? { values[name] }

    /// Both together; where a field is in both, the other's value counts.
    func merging(_ other: FormFields) -> FormFields {
        var merged = self
        merged.values.merge(other.values) { $1 }
        return merged
    }

    /// Encodes everything but RFC 3986's unreserved characters.
    static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.utf8.count == 1 ? "%0" + digits : "%" + digits
            }
        }
        return encoded
    }

    private static func decode(_ text: Substring) throws(Problem) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"):
                bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(Self.digit), let low = rest.next().flatMap(Self.digit) else { throw .badEncoding }
                bytes.append(high << 4 | low)
            default:
                bytes.append(byte)
            }
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else { throw .badEncoding }
        return decoded
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
