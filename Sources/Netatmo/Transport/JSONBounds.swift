/// How much an answer may hold, apart from its bytes: a decoder needs some twenty bytes for each value, however short it is.
enum JSONBounds {
    /// Values and names of members; 6,000 modules have 400,000.
    static let entries = 1_000_000
    /// Members of one object; a module has 30.
    static let members = 5000
    private static let deepest = 600

    /// Whether a text, which need not be JSON, holds more than that.
    static func areExceeded(by text: [UInt8]) -> Bool {
        var entries = 0
        // The members so far of each object or array that is open; -1 for an array.
        var open: [Int] = []
        var isInString = false
        var isEscaped = false
        for byte in text {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                entries += 1
                // Deeper than any decoder goes.
                guard open.count < deepest else { return false }
                open.append(byte == UInt8(ascii: "{") ? 0 : -1)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
            case UInt8(ascii: ":"):
                entries += 1
                if let last = open.indices.last, open[last] >= 0 {
                    open[last] += 1
                    if open[last] > members { return true }
                }
            case UInt8(ascii: ","): entries += 1
            default: break
            }
            if entries > Self.entries { return true }
        }
        return false
    }
}
