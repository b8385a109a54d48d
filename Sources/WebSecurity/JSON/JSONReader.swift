import FoundationEssentials

/// Reads JSON (RFC 8259) that people write, and notes the lines: Foundation's decoder tells neither those nor a name that stands twice.
///
/// It keeps texts and objects alone, since nothing that it is used for is anything else.
struct JSONReader {
    /// Where the text is no JSON.
    struct Fault: Error, Hashable {
        let line: Int
        let expected: String
    }

    /// The deepest nesting that is read.
    static let deepest = 16

    private var rest: ArraySlice<UInt8>
    private var line = 1

    /// The one value of a text.
    static func value(of text: [UInt8]) throws(Fault) -> PlacedJSON {
        var reader = JSONReader(rest: text.starts(with: byteOrderMark) ? text.dropFirst(byteOrderMark.count) : text[...])
        reader.skipBlanks()
        let value = try reader.readValue(depth: 1)
        reader.skipBlanks()
        guard reader.rest.isEmpty else { throw reader.fault("nothing behind the last bracket") }
        return value
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private init(rest: ArraySlice<UInt8>) {
        self.rest = rest
    }

    private func fault(_ expected: String) -> Fault { Fault(line: line, expected: expected) }

    private mutating func readValue(depth: Int) throws(Fault) -> PlacedJSON {
        guard depth <= Self.deepest else { throw fault("at most \(Self.deepest) brackets inside each other") }
        let start = line
        let value: PlacedJSON.Value
        switch rest.first {
        case UInt8(ascii: "{"): value = .object(try readMembers(depth: depth))
        case UInt8(ascii: "["):
            try readElements(depth: depth)
            value = .array
        case UInt8(ascii: "\""): value = .string(try readString())
        default: value = try readWord()
        }
        return PlacedJSON(line: start, value: value)
    }

    private mutating func readMembers(depth: Int) throws(Fault) -> [PlacedJSON.Member] {
        var members: [PlacedJSON.Member] = []
        take()
        skipBlanks()
        if took("}") { return [] }
        repeat {
            skipBlanks()
            guard rest.first == UInt8(ascii: "\"") else { throw fault("a key in double quotation marks") }
            let start = line
            let name = try readString()
            skipBlanks()
            guard took(":") else { throw fault("a colon behind a key") }
            skipBlanks()
            members.append(.init(name: name, line: start, value: try readValue(depth: depth + 1)))
            skipBlanks()
        } while took(",")
        guard took("}") else { throw fault("a comma or } behind a value") }
        return members
    }

    private mutating func readElements(depth: Int) throws(Fault) {
        take()
        skipBlanks()
        if took("]") { return }
        repeat {
            skipBlanks()
            _ = try readValue(depth: depth + 1)
            skipBlanks()
        } while took(",")
        guard took("]") else { throw fault("a comma or ] behind a value") }
    }

    private mutating func readString() throws(Fault) -> String {
        var index = rest.startIndex + 1
        while index < rest.endIndex, rest[index] != UInt8(ascii: "\"") {
            guard rest[index] >= 0x20 else { throw fault("a text in one line, with \\n or \\t for what is no character") }
            index += rest[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard index < rest.endIndex else { throw fault("a quotation mark at the end of a text") }
        let literal = rest[rest.startIndex...index]
        rest = rest[(index + 1)...]
        let text =
            literal.contains(UInt8(ascii: "\\"))
            ? try? JSONDecoder().decode(String.self, from: Data(literal))
            : String(validating: literal.dropFirst().dropLast(), as: UTF8.self)
        guard let text else { throw fault("a text in UTF-8, with JSON's escapes alone") }
        return text
    }

    /// A number, or one of JSON's three words.
    private mutating func readWord() throws(Fault) -> PlacedJSON.Value {
        let word = rest.prefix { !Self.isEnd($0) }
        rest = rest[word.endIndex...]
        switch String(decoding: word, as: UTF8.self) {
        case "null": return .null
        case "true", "false": return .boolean
        default: break
        }
        guard word.first.map({ $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }) == true else { throw fault("a value of JSON") }
        return .number
    }

    private static func isEnd(_ byte: UInt8) -> Bool {
        isBlank(byte) || ",:[]{}\"".utf8.contains(byte)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private mutating func skipBlanks() {
        while let byte = rest.first, Self.isBlank(byte) { take() }
    }

    private mutating func took(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        take()
        return true
    }

    private mutating func take() {
        if rest.popFirst() == 0x0A { line += 1 }
    }
}
