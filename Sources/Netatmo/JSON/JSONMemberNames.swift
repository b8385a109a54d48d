import FoundationEssentials

/// The names of a JSON object's own members, in their order and as often as they stand there: a decoder tells neither.
package enum JSONMemberNames {
    /// Reads the names of a document that a decoder has accepted.
    ///
    /// - Returns: The names, their escapes resolved; `nil` where this is no object in UTF-8.
    package static func names(in json: [UInt8]) -> [String]? {
        // A decoder takes UTF-16 too, whose every other byte is zero here.
        guard !json.contains(0) else { return nil }
        var rest = json[...]
        if rest.starts(with: byteOrderMark) { rest = rest.dropFirst(byteOrderMark.count) }
        rest = rest.drop(while: isBlank)
        guard rest.first == UInt8(ascii: "{") else { return nil }
        var names: [String] = []
        var depth = 0
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "\""):
                guard let literal = literal(at: rest) else { return nil }
                rest = rest[literal.endIndex...]
                // A text in front of a colon is a name.
                guard depth == 1, rest.drop(while: isBlank).first == UInt8(ascii: ":") else { continue }
                guard let name = text(of: literal) else { return nil }
                names.append(name)
                continue
            default: break
            }
            rest = rest.dropFirst()
        }
        return names
    }

    /// Whether there is nothing but blanks.
    package static func isBlank(_ json: [UInt8]) -> Bool {
        json.allSatisfy(isBlank)
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    /// The string that begins here, with its quotes.
    private static func literal(at rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var index = rest.index(after: rest.startIndex)
        while index < rest.endIndex {
            switch rest[index] {
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "\""): return rest[...index]
            default: index += 1
            }
        }
        return nil
    }

    private static func text(of literal: ArraySlice<UInt8>) -> String? {
        guard literal.contains(UInt8(ascii: "\\")) else { return String(validating: literal.dropFirst().dropLast(), as: UTF8.self) }
        return try? JSONDecoder().decode(String.self, from: Data(literal))
    }
}

extension String {
    /// The name as netatmo-exporter compares it: Go's decoder tells no letter from its other case, nor `ſ` from s and the Kelvin
    /// sign from k.
    package var foldedAsInGo: String {
        let scalars = unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar {
            case "A"..."Z": Unicode.Scalar(UInt8(ascii: "a") + UInt8(scalar.value - 0x41))
            case "\u{017F}": "s"
            case "\u{212A}": "k"
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
