import Glibc

/// How much an answer may hold, apart from its bytes: a decoder needs some twenty bytes for each value, however short it is.
enum JSONBounds {
    /// Values and names of members; 6,000 modules have 400,000.
    static let entries = 1_000_000
    /// Members of one object; a module has 30.
    static let members = 5000
    private static let deepest = 600

    /// Whether a text, which need not be JSON, holds more than that.
    static func areExceeded(by text: [UInt8]) -> Bool {
        // A member has a colon at the least, any other entry a character of its own.
        guard text.count > min(members, entries) else { return false }
        return text.withUnsafeBytes { areExceeded(by: $0) }
    }

    private static func areExceeded(by text: UnsafeRawBufferPointer) -> Bool {
        var entries = 0
        // The members so far of each object or array that is open; -1 for an array.
        var open: [Int] = []
        var place = 0
        while place < text.count {
            switch text[place] {
            case quotationMark: place = end(ofStringAt: place, in: text)
            case openingBrace, openingBracket:
                entries += 1
                // Deeper than any decoder goes.
                guard open.count < deepest else { return false }
                open.append(text[place] == openingBrace ? 0 : -1)
            case closingBrace, closingBracket: _ = open.popLast()
            case colon:
                entries += 1
                if let last = open.indices.last, open[last] >= 0 {
                    open[last] += 1
                    if open[last] > members { return true }
                }
            case comma: entries += 1
            default: break
            }
            if entries > Self.entries { return true }
            place += 1
        }
        return false
    }

    /// Where the string that begins at a quotation mark has its other one; the end of the text where it has none.
    private static func end(ofStringAt start: Int, in text: UnsafeRawBufferPointer) -> Int {
        var place = start + 1
        while place < text.count, let base = text.baseAddress, let found = memchr(base + place, Int32(quotationMark), text.count - place) {
            let mark = base.distance(to: UnsafeRawPointer(found))
            var before = mark
            while before > place, text[before - 1] == backslash { before -= 1 }
            if (mark - before).isMultiple(of: 2) { return mark }
            place = mark + 1
        }
        return text.count
    }

    // Constants, since a build without optimisation works out `UInt8(ascii:)` for each byte.
    private static let quotationMark = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")
    private static let openingBrace = UInt8(ascii: "{")
    private static let closingBrace = UInt8(ascii: "}")
    private static let openingBracket = UInt8(ascii: "[")
    private static let closingBracket = UInt8(ascii: "]")
    private static let colon = UInt8(ascii: ":")
    private static let comma = UInt8(ascii: ",")
}
