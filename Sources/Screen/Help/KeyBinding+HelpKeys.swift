import TerminalUI

extension KeyBinding {
    static let help: [KeyBinding] = [
        KeyBinding([.up, .character("k")], "↑ k", .move(.up), help: "One line up"),
        KeyBinding([.down, .character("j")], "↓ j", .move(.down), help: "One line down"),
        KeyBinding([.pageUp], "PgUp", .move(.pageUp), label: "Up", help: "One page up"),
        KeyBinding([.pageDown, .character(" ")], "PgDn", .move(.pageDown), label: "Down", help: "One page down"),
        KeyBinding([.home], "Home", .move(.first), help: "To the top"),
        KeyBinding([.end], "End", .move(.last), help: "To the end"),
        KeyBinding([.escape, .character("?"), .function(1)], "Esc", .back, label: "Back", help: "Leave the help", isEssential: true),
        KeyBinding([.character("q"), .function(10)], "q", .quit, label: "Quit", help: "", isEssential: true),
    ]
}
