import TerminalUI

/// Keys and what they do. The footer, the help and the dispatch of keys all read the same tables.
struct KeyBinding: Sendable {
    /// The keys; the first is the one that is shown.
    let keys: [Key]
    /// The name of the keys on the screen.
    let name: String
    let action: Action
    /// The label in the footer; `nil` where the footer leaves it out.
    let label: String?
    /// The line in the help; empty where the help leaves it out.
    let help: String
    /// Whether the footer keeps it however narrow it is.
    let isEssential: Bool

    init(_ keys: [Key], _ name: String, _ action: Action, label: String? = nil, help: String, isEssential: Bool = false) {
        self.keys = keys
        self.name = name
        self.action = action
        self.label = label
        self.help = help
        self.isEssential = isEssential
    }

    /// Keys that work everywhere, whether a table names them or not.
    private static let everywhere: [KeyBinding] = [
        KeyBinding([.control("l")], "Ctrl-L", .redraw, help: ""),
        KeyBinding([.control("z")], "Ctrl-Z", .suspend, help: ""),
    ]

    static func action(of key: Key, in bindings: [KeyBinding]) -> Action? {
        (bindings + everywhere).first { $0.keys.contains(key) }?.action
    }

    /// The key that the footer shows at a column of its row.
    static func key(at column: Int, of columns: Int, in bindings: [KeyBinding]) -> Key? {
        guard let entry = keyBar(bindings).entry(at: column, in: columns) else { return nil }
        return bindings.first { $0.name == entry.key && $0.label == entry.label }?.keys.first
    }

    static func keyBar(_ bindings: [KeyBinding]) -> KeyBar {
        KeyBar(bindings.compactMap { binding in binding.label.map { .init(binding.name, $0, isEssential: binding.isEssential) } })
    }
}
