/// Strings that can't be guessed, in the shapes that NetAtmo gives them.
enum Secrets {
    /// The user's ID and 32 hexadecimal digits with a `|` between: a character that forms have to encode.
    static func token(using generator: inout any RandomNumberGenerator & Sendable) -> String {
        Self.userID + "|" + hexadecimal(using: &generator)
    }

    /// 32 hexadecimal digits, good for one exchange.
    static func code(using generator: inout any RandomNumberGenerator & Sendable) -> String {
        hexadecimal(using: &generator)
    }

    private static let userID = "5f8d0c1e2b3a4c5d6e7f8000"

    private static func hexadecimal(using generator: inout any RandomNumberGenerator & Sendable) -> String {
        var text = ""
        for _ in 0..<2 {
            let part = String(generator.next(), radix: 16)
            text += String(repeating: "0", count: 16 - part.count) + part
        }
        return text
    }
}
