import TestSupport

extension [UInt8] {
    /// What a number, a time and a text of a JSON can be at the worst.
    private static let extremes: [[UInt8]] = [
        "1e308", "-1e308", "9223372036854775807", "-9223372036854775808", "1e400", "null", "[]", "{}", #""""#, #""\u0000""#,
    ].map { Array($0.utf8) }

    /// The bytes with some of them changed, half of them to a digit.
    ///
    /// - Parameter most: How many are changed at the most.
    func spoiled(most: Int, using random: inout SeededGenerator) -> [UInt8] {
        var bytes = self
        for _ in 0..<Int.random(in: 1...most, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] = Bool.random(using: &random) ? UInt8(ascii: "9") : UInt8.random(in: 0...255, using: &random)
        }
        return bytes
    }

    /// A JSON with one to three of its numbers as large, or as much something else, as they can be, or bytes changed in their place.
    func withExtremes(using random: inout SeededGenerator) -> [UInt8] {
        var bytes = self
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let start = Int.random(in: 0..<bytes.count, using: &random)
            let isNumber = { (byte: UInt8) in (48...57).contains(byte) || byte == 46 }
            if isNumber(bytes[start]), let end = bytes[start...].firstIndex(where: { !isNumber($0) }) {
                bytes.replaceSubrange(start..<end, with: Self.extremes.randomElement(using: &random) ?? [])
            } else {
                bytes[start] = UInt8.random(in: 0...255, using: &random)
            }
        }
        return bytes
    }
}
