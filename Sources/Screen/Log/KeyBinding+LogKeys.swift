import TerminalUI

extension KeyBinding {
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
        KeyBinding([.character("a")], "a", .signIn, help: "Sign in to NetAtmo"),
        KeyBinding([.character("t")], "t", .renew, help: "Renew the token now"),
        KeyBinding([.character("r"), .function(5)], "r", .fetch, help: "Fetch the readings now"),
        KeyBinding([.character("?"), .function(1)], "?", .help, label: "Help", help: "The help"),
        KeyBinding([.character("q"), .function(10)], "q", .quit, label: "Quit", help: "", isEssential: true),
    ]
}
