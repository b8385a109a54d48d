/// How the user is called when NetAtmo rejects the token.
enum NotificationWay: String, Sendable, CaseIterable {
    /// Not at all.
    case off
    /// By the terminal's bell.
    case bell
    /// By a notification of the desktop, where the terminal knows the escape sequence OSC 9.
    case osc9
}
