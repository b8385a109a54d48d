import TerminalUI

extension KeyBinding {
    /// Keys of the sign-in, while the paste field does not have the focus.
    static let signIn: [KeyBinding] = [
        KeyBinding(
            [.character("o")], "o", .openBrowser, label: "Browser", help: "Open the address in a browser of this machine", isEssential: true
        ),
        KeyBinding([.character("c")], "c", .copyAddress, label: "Copy", help: "Copy the address that is shown first (OSC 52)"),
        KeyBinding([.character("n")], "n", .copyNetatmoAddress, help: "Copy the address of NetAtmo's page"),
        KeyBinding([.enter], "Enter", .submit, label: "Use paste", help: "Sign in with what was pasted", isEssential: true),
        KeyBinding([.tab, .backTab], "Tab", .nextPanel, label: "Paste field", help: "To the paste field and back"),
        KeyBinding([.character("a")], "a", .signIn, help: "New addresses, good for another 10 minutes"),
        KeyBinding([.character("?"), .function(1)], "?", .help, label: "Steps", help: "How to sign in over SSH, step by step"),
        KeyBinding([.escape], "Esc", .back, label: "Back", help: "Leave the sign-in", isEssential: true),
        KeyBinding([.character("q")], "q", .quit, help: ""),
    ]
}
