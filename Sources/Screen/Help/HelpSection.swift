import TerminalUI

/// A part of a help: keys of a view, or steps.
struct HelpSection: Sendable {
    enum Entry: Sendable {
        case key(KeyBinding)
        /// A step or a remark, wrapped.
        case text(String)
    }

    let title: String
    let entries: [Entry]

    init(_ title: String, keys: [KeyBinding] = [], texts: [String] = []) {
        self.title = title
        entries = keys.filter { !$0.help.isEmpty }.map(Entry.key) + texts.map(Entry.text)
    }

    /// The section at a width, its title first.
    func lines(columns: Int, symbols: Symbols) -> [Line] {
        [Line(title, Style.title.bold())] + entries.flatMap { $0.lines(columns: columns, symbols: symbols) }
    }
}

extension HelpSection.Entry {
    /// The columns before what a key does.
    private static let nameColumns = 12

    fileprivate func lines(columns: Int, symbols: Symbols) -> [Line] {
        switch self {
        case .text(let text):
            return wrapped(text, to: max(1, columns - 2)).map { Line("  " + $0) }
        case .key(let binding):
            let name = symbols.isASCII ? binding.asciiName : binding.name
            let gap = String(repeating: " ", count: max(1, Self.nameColumns - 2 - displayWidth(of: name)))
            let texts = wrapped(binding.help, to: max(1, columns - Self.nameColumns))
            let first = Line("  \(name)\(gap)", .keyName).adding(texts.first ?? "")
            return [first] + texts.dropFirst().map { Line(String(repeating: " ", count: Self.nameColumns) + $0) }
        }
    }
}

extension KeyBinding {
    /// The name in words where the arrows can't be shown.
    fileprivate var asciiName: String {
        ["↑": "Up", "↓": "Down", "←": "Left", "→": "Right"].reduce(name) { $0.replacing($1.key, with: $1.value) }
    }
}
