import TerminalUI

extension KeyBinding {
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
}
