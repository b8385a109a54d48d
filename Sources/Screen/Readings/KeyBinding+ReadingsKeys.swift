import TerminalUI

extension KeyBinding {
    /// Keys while a filter of the readings is typed; all others go to its text.
    static let filter: [KeyBinding] = [
        KeyBinding([.enter], "Enter", .submit, label: "Keep filter", help: "Keep the filter, and give the keys back", isEssential: true),
        KeyBinding([.escape], "Esc", .back, label: "Show all", help: "Show all readings again, here and later", isEssential: true),
        KeyBinding([.up], "↑", .move(.up), help: "One line up among what matches"),
        KeyBinding([.down], "↓", .move(.down), help: "One line down"),
        KeyBinding([.pageUp], "PgUp", .move(.pageUp), help: ""),
        KeyBinding([.pageDown], "PgDn", .move(.pageDown), help: ""),
    ]
}
