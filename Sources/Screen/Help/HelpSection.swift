import TerminalUI

/// A part of a help: keys of a view, or steps.
struct HelpSection: Sendable {
    /// A line of a section.
    enum Entry: Sendable {
        case key(KeyBinding)
        /// A step or a remark, wrapped.
        case text(String)
    }

    let title: String
    let entries: [Entry]

    /// The keys of a table.
    init(_ title: String, keys: [KeyBinding]) {
        self.init(title, keys.filter { !$0.help.isEmpty }.map(Entry.key))
    }

    /// Remarks.
    init(_ title: String, texts: [String]) {
        self.init(title, texts.map(Entry.text))
    }

    private init(_ title: String, _ entries: [Entry]) {
        self.title = title
        self.entries = entries
    }

    /// The columns before what a key does.
    private static let nameColumns = 12

    /// The section at a width, its title first.
    func lines(columns: Int, symbols: Symbols) -> [Line] {
        [Line(title, Style.title.bold())] + entries.flatMap { $0.lines(columns: columns, nameColumns: Self.nameColumns, symbols: symbols) }
    }
}

extension HelpSection.Entry {
    fileprivate func lines(columns: Int, nameColumns: Int, symbols: Symbols) -> [Line] {
        switch self {
        case .text(let text):
            return wrapped(text, to: max(1, columns - 2)).map { Line("  " + $0) }
        case .key(let binding):
            let name = symbols.isASCII ? binding.asciiName : binding.name
            let gap = String(repeating: " ", count: max(1, nameColumns - 2 - displayWidth(of: name)))
            let texts = wrapped(binding.help, to: max(1, columns - nameColumns))
            let first = Line("  \(name)\(gap)", .keyName).adding(texts.first ?? "")
            return [first] + texts.dropFirst().map { Line(String(repeating: " ", count: nameColumns) + $0) }
        }
    }
}

extension KeyBinding {
    /// The name in words where the arrows can't be shown.
    fileprivate var asciiName: String {
        ["↑": "Up", "↓": "Down", "←": "Left", "→": "Right"].reduce(name) { $0.replacing($1.key, with: $1.value) }
    }
}
