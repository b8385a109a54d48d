import Foundation
import Testing

/// A page of the documentation, as it is in the sources.
struct Page: CustomTestStringConvertible {
    /// Where it is, from the top of the repository on.
    let path: String
    let text: String

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../..").standardized
    static let folder = "Sources/netatmo-dashboard/Documentation"

    init(_ path: String) throws {
        self.path = path
        text = try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
    }

    static func topic(_ name: String) throws -> Page { try Page("\(folder)/\(name).md") }
    static func readme() throws -> Page { try Page("README.md") }

    /// All there are, the README first.
    static func all() throws -> [Page] {
        let files = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path).sorted()
        return [try readme()] + (try files.map { try Page("\(folder)/\($0)") })
    }

    var testDescription: String { path }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() }

    /// The text without code in lines of its own.
    private var prose: String { lines.filter { !$0.hasPrefix("    ") }.joined(separator: "\n") }

    /// What stands between backticks.
    var code: [String] { Self.code(of: prose) }

    /// The words of ``code``: `token.state` are two.
    var codeWords: Set<String> { Set(code.flatMap { $0.matches(of: /\w+/).map { String($0.0) } }) }

    /// The code before the first colon of each bullet, which may go on in lines behind it.
    var bulletHeads: [[String]] {
        prose.matches(of: /(?m)^- ((?:`[^`]*`|[^:`])*):/).map { Self.code(of: String($0.1)) }
    }

    /// Where its headings can be linked to, as GitHub makes it of their words.
    var anchors: Set<String> {
        Set(
            prose.matches(of: /(?m)^#+ (.+)$/).map { heading in
                heading.1.lowercased().replacing(" ", with: "-").filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
            })
    }

    /// What its links lead to, pictures too.
    var links: [String] {
        (prose.matches(of: /\]\(([^)]+)\)/) + prose.matches(of: /(?m)^\[[^\]]+\]: (\S+)$/)).map { String($0.1) }
    }

    private static func code(of text: String) -> [String] { text.matches(of: /`([^`]+)`/).map { String($0.1) } }
}
