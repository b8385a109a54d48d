import EngineAPI
import FoundationEssentials
import OperatingSystem

/// What a user pasted to sign in: a refresh token from NetAtmo's developer portal, or the address that the browser
/// ended on, which is of use where that browser can't reach this machine.
enum PastedSignIn: Sendable, Hashable {
    case refreshToken(Secret)
    case redirect(AuthorizationAnswer)

    /// Reads a pasted text. Blanks around it are left out, and line feeds everywhere: a terminal that an address was copied
    /// from may have broken it into lines.
    init(_ text: String) throws(SignInError) {
        guard text.utf8.count <= PasteProblem.longestText else { throw .unreadable(.tooLong) }
        let unbroken = text.filter { !$0.isNewline }
        let text = String(unbroken.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        if Self.isAddress(text) {
            guard let answer = Self.query(ofAddress: text).flatMap(AuthorizationAnswer.init(query:)) else {
                throw .unreadable(Self.problem(ofAddress: text))
            }
            self = .redirect(answer)
        } else if let problem = Self.problem(ofToken: text) {
            throw .unreadable(problem)
        } else {
            guard let token = Secret.token(text) else { throw .unreadable(.foreignCharacters) }
            self = .refreshToken(token)
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("http://") || text.hasPrefix("https://")
    }

    private static func query(ofAddress text: String) -> Substring? {
        guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        // By bytes: an accent behind a mark would be one character with it.
        let rest = text[text.utf8.index(after: mark)...]
        return rest[..<(rest.utf8.firstIndex(of: UInt8(ascii: "#")) ?? rest.endIndex)]
    }

    private static func problem(ofAddress text: String) -> PasteProblem {
        guard !text.contains(where: \.isWhitespace) else { return .blanks }
        guard let url = URL(string: text), let host = url.host() else { return .noAnswer(host: nil) }
        if url.path().hasSuffix("/oauth2/authorize") || url.path().hasSuffix(ExporterPath.authorize.rawValue) { return .beginning }
        // A host is of no length and of no letters that could lead astray.
        let isPlain = host.utf8.count <= 60 && host.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return .noAnswer(host: isPlain ? host : nil)
    }

    /// NetAtmo's tokens are some 60 characters of hexadecimal digits with a `|` in between; nothing is promised about
    /// that, so any text of visible ASCII characters that is no address will do.
    private static func problem(ofToken text: String) -> PasteProblem? {
        if text.isEmpty { return .empty }
        if text.contains(where: \.isWhitespace) { return .blanks }
        if text.contains("://") || text.hasPrefix("code=") || text.hasPrefix("state=") { return .incompleteAddress }
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return .foreignCharacters }
        guard text.utf8.count >= 16 else { return .tooShort }
        return text.utf8.count > 1024 ? .tooLong : nil
    }
}
