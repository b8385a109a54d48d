/// How to call a user who may be looking elsewhere.
package enum TerminalAlert: Sendable, Hashable {
    /// The bell; what it does, a sound, a flash or a mark, is up to the terminal.
    case bell
    /// A notification of the desktop (OSC 9), where the terminal knows them; the bell where it is no relative of xterm.
    case message(String)
}
