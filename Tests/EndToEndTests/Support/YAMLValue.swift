import Foundation

/// A value of YAML, of the part that the files which ship with the program are written in: blocks by indentation, `[a, b]`, and texts of
/// one line, plain or in quotation marks. Comments stand in lines of their own.
enum YAMLValue: Hashable {
    case text(String)
    case sequence([YAMLValue])
    case mapping([String: YAMLValue])

    /// What is not understood, or is none.
    struct Unreadable: Error, CustomStringConvertible {
        let line: String
        var description: String { "no YAML that these tests read: \(line)" }
    }

    /// The documents of a file that ships with the program.
    static func documents(ofResource name: String) throws -> [YAMLValue] {
        try documents(of: String(contentsOf: Sources.resource(name), encoding: .utf8))
    }

    /// The documents of a text.
    static func documents(of text: String) throws -> [YAMLValue] {
        try text.components(separatedBy: "\n---\n").map { document in
            var lines = document.split(separator: "\n").map(Line.init).filter { !$0.isComment }[...]
            let value = try block(&lines)
            if let line = lines.first { throw Unreadable(line: String(line.text)) }
            return value
        }
    }

    /// What is behind these keys, one in the other; `nil` where there is none.
    subscript(keys: String...) -> YAMLValue? {
        keys.reduce(self) { value, key in
            if case .mapping(let entries) = value { entries[key] } else { nil }
        }
    }

    /// The items; none where it is no sequence.
    var items: [YAMLValue] { if case .sequence(let items) = self { items } else { [] } }
    /// The text; `nil` where it is none.
    var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The first item with this name, as Kubernetes has its lists.
    func item(named name: String?) -> YAMLValue? {
        items.first { $0["name"]?.text == name }
    }

    // MARK: Reading

    private struct Line {
        let indentation: Int
        let text: Substring

        init(_ line: Substring) {
            self.init(indentation: line.prefix { $0 == " " }.count, text: line.drop { $0 == " " })
        }

        init(indentation: Int, text: Substring) {
            (self.indentation, self.text) = (indentation, text)
        }

        var isComment: Bool { text.isEmpty || text.hasPrefix("#") }
        var isItem: Bool { text.hasPrefix("- ") }

        /// The key, and what stands behind it in the line.
        var entry: (key: String, rest: Substring)? {
            guard let match = text.wholeMatch(of: /([^\s'"\[{][^:]*):(?: (.*))?/) else { return nil }
            return (String(match.1), match.2 ?? "")
        }
    }

    /// Reads the block that begins with the first line.
    private static func block(_ lines: inout ArraySlice<Line>) throws -> YAMLValue {
        guard let first = lines.first else { return .text("") }
        if first.isItem { return try sequence(&lines, indentation: first.indentation) }
        if first.entry != nil { return try mapping(&lines, indentation: first.indentation) }
        return try scalar(lines.removeFirst().text)
    }

    private static func sequence(_ lines: inout ArraySlice<Line>, indentation: Int) throws -> YAMLValue {
        var items: [YAMLValue] = []
        while let line = lines.first, line.isItem, line.indentation == indentation {
            // What stands behind the dash begins a block in that column.
            lines[lines.startIndex] = Line(indentation: indentation + 2, text: line.text.dropFirst(2))
            items.append(try block(&lines))
        }
        return .sequence(items)
    }

    private static func mapping(_ lines: inout ArraySlice<Line>, indentation: Int) throws -> YAMLValue {
        var entries: [String: YAMLValue] = [:]
        while let line = lines.first, line.indentation == indentation, let (key, rest) = line.entry {
            guard entries[key] == nil else { throw Unreadable(line: "\(line.text) (twice)") }
            lines.removeFirst()
            let hasBlock = rest.isEmpty && (lines.first?.indentation ?? 0) > indentation
            entries[key] = hasBlock ? try block(&lines) : try scalar(rest)
        }
        return .mapping(entries)
    }

    private static func scalar(_ text: Substring) throws -> YAMLValue {
        if let list = text.wholeMatch(of: /\[(.*)\]/) { return .sequence(try list.1.split(separator: ", ").map(scalar)) }
        if let quoted = text.wholeMatch(of: /'([^']*)'|"([^"\\]*)"/) { return .text(String(quoted.1 ?? quoted.2 ?? "")) }
        guard !text.contains(" #"), !text.contains(": "), text.firstMatch(of: /^[&*!|>{%@`'"\[]/) == nil else {
            throw Unreadable(line: String(text))
        }
        return .text(String(text))
    }
}
