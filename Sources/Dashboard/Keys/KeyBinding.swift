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
    /// The line in the help.
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

    /// Keys of the main view.
    static let main: [KeyBinding] = [
        KeyBinding(
            [.character("a")], "a", .signIn, label: "Sign in", help: "Sign in to NetAtmo: the address to open, or a token to paste",
            isEssential: true
        ),
        KeyBinding([.character("r"), .function(5)], "r", .fetch, label: "Fetch now", help: "Fetch the readings now"),
        KeyBinding([.character("t")], "t", .renew, label: "Renew token", help: "Renew the token now"),
        KeyBinding([.tab], "Tab", .nextPanel, label: "Next panel", help: "Go to the next panel; Shift-Tab to the one before"),
        KeyBinding([.backTab], "Shift-Tab", .previousPanel, help: ""),
        KeyBinding([.up, .character("k")], "↑ k", .move(.up), help: "One line up"),
        KeyBinding([.down, .character("j")], "↓ j", .move(.down), help: "One line down"),
        KeyBinding([.left], "←", .previousPanel, help: "Go to the panel before"),
        KeyBinding([.right], "→", .nextPanel, help: "Go to the next panel"),
        KeyBinding([.pageUp], "PgUp", .move(.pageUp), help: "One page up"),
        KeyBinding([.pageDown], "PgDn", .move(.pageDown), help: "One page down"),
        KeyBinding([.home], "Home", .move(.first), help: "To the first line"),
        KeyBinding([.end], "End", .move(.last), help: "To the last line"),
        KeyBinding([.character("l")], "l", .log, label: "Log", help: "The log"),
        KeyBinding([.character("?"), .function(1)], "?", .help, label: "Help", help: "This help", isEssential: true),
        KeyBinding([.escape], "Esc", .back, help: "Go back; never quits"),
        KeyBinding([.control("l")], "Ctrl-L", .redraw, help: "Draw the screen anew"),
        KeyBinding([.control("z")], "Ctrl-Z", .suspend, help: "Suspend; fg in the shell comes back"),
        KeyBinding([.character("q"), .function(10)], "q", .quit, label: "Quit", help: "Quit, Ctrl-C too", isEssential: true),
    ]

    /// Keys of the sign-in, while the paste field does not have the focus.
    static let signIn: [KeyBinding] = [
        KeyBinding(
            [.character("o")], "o", .openBrowser, label: "Browser", help: "Open the address in a browser here", isEssential: true),
        KeyBinding([.enter], "Enter", .submit, label: "Use paste", help: "Sign in with what was pasted", isEssential: true),
        KeyBinding([.tab, .backTab], "Tab", .nextPanel, label: "Paste field", help: "To the paste field and back"),
        KeyBinding([.escape], "Esc", .back, label: "Back", help: "Leave the sign-in", isEssential: true),
        KeyBinding([.control("l")], "Ctrl-L", .redraw, help: "Draw the screen anew"),
        KeyBinding([.control("z")], "Ctrl-Z", .suspend, help: "Suspend"),
        KeyBinding([.character("q")], "q", .quit, help: "Quit"),
    ]

    /// Keys of the log.
    static let log: [KeyBinding] = [
        KeyBinding([.up, .character("k")], "↑ k", .move(.up), help: "One line up, the wheel too"),
        KeyBinding([.down, .character("j")], "↓ j", .move(.down), help: "One line down"),
        KeyBinding([.left], "←", .scrollLeft, help: "To the start of long lines"),
        KeyBinding([.right], "→", .scrollRight, help: "To the end of long lines"),
        KeyBinding([.pageUp], "PgUp", .move(.pageUp), label: "Older", help: "One page up"),
        KeyBinding([.pageDown], "PgDn", .move(.pageDown), label: "Newer", help: "One page down"),
        KeyBinding([.home], "Home", .move(.first), help: "To the oldest line"),
        KeyBinding([.end], "End", .move(.last), label: "Follow", help: "To the newest line, and follow what comes", isEssential: true),
        KeyBinding([.escape, .character("l")], "Esc l", .back, label: "Back", help: "Leave the log", isEssential: true),
        KeyBinding([.control("l")], "Ctrl-L", .redraw, help: "Draw the screen anew"),
        KeyBinding([.control("z")], "Ctrl-Z", .suspend, help: "Suspend"),
        KeyBinding([.character("q"), .function(10)], "q", .quit, label: "Quit", help: "Quit", isEssential: true),
    ]

    /// The action of a key in a table.
    static func action(of key: Key, in bindings: [KeyBinding]) -> Action? {
        bindings.first { $0.keys.contains(key) }?.action
    }

    /// What the footer shows of a table.
    static func keyBar(_ bindings: [KeyBinding]) -> KeyBar {
        KeyBar(bindings.compactMap { binding in binding.label.map { .init(binding.name, $0, isEssential: binding.isEssential) } })
    }
}
