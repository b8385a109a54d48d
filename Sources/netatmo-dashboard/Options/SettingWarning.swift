/// A setting that is worked with, although it is hardly what was meant.
enum SettingWarning: Sendable, Hashable, CustomStringConvertible {
    /// A text with quotation marks around it, as an environment file or a list in a compose file keeps them.
    case quoted(option: String)
    /// An interval below the shortest one that NetAtmo allows, which is raised to it.
    case raised(option: String, found: String, to: String)
    /// A web configuration whose certificate has expired.
    case certificate(String)

    /// One line that names the option. A value that may be a secret is not in it.
    var description: String {
        switch self {
        case .quoted(let option): "\(option) has quotation marks around its value, which count as part of it"
        case .certificate(let warning): warning
        case .raised(let option, let found, let lowest): "\(option): \(found) is raised to \(lowest), since NetAtmo allows no more requests"
        }
    }

    /// A warning where a text begins or ends with a quotation mark.
    static func quotes(in text: String, of option: String) -> SettingWarning? {
        let marks: Set<Character> = ["'", "\"", "`", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}"]
        let isQuoted = [text.first, text.last].contains { $0.map(marks.contains) ?? false }
        return isQuoted ? .quoted(option: option) : nil
    }
}
