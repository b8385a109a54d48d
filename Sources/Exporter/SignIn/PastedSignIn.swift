import Netatmo

/// What a user pasted to sign in: a refresh token from NetAtmo's developer portal, or the address that the browser
/// ended on, which is of use where that browser can't reach this machine.
enum PastedSignIn: Sendable, Hashable {
    case refreshToken(Secret)
    case redirect(AuthorizationAnswer)

    /// Reads a pasted text. Blanks around it are left out, and line feeds everywhere: a terminal that an address was copied
    /// from may have broken it into lines.
    init(_ text: String) throws(SignInError) {
        guard text.utf8.count <= Self.longestText else { throw .unreadable }
        let unbroken = text.filter { !$0.isNewline }
        let text = String(unbroken.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        if let query = Self.query(ofAddress: text) {
            guard let answer = AuthorizationAnswer(query: query) else { throw .unreadable }
            self = .redirect(answer)
        } else {
            guard Self.looksLikeToken(text), let token = Secret(text) else { throw .unreadable }
            self = .refreshToken(token)
        }
    }

    /// In bytes: more than any address has.
    private static let longestText = 16_384

    private static func query(ofAddress text: String) -> Substring? {
        guard text.hasPrefix("http://") || text.hasPrefix("https://"), let mark = text.utf8.firstIndex(of: UInt8(ascii: "?")) else {
            return nil
        }
        // By bytes: an accent behind a mark would be one character with it.
        let rest = text[text.utf8.index(after: mark)...]
        return rest[..<(rest.utf8.firstIndex(of: UInt8(ascii: "#")) ?? rest.endIndex)]
    }

    /// NetAtmo's tokens are some 60 characters of hexadecimal digits with a `|` in between; nothing is promised about
    /// that, so any text of visible ASCII characters that is no address will do.
    private static func looksLikeToken(_ text: String) -> Bool {
        (16...1024).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) } && !text.contains("://")
    }
}
