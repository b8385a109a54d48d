/// How the user is called when NetAtmo rejects the token.
enum NotificationWay: String, Sendable, CaseIterable {
    case off
    case bell
    /// By a notification of the desktop, where the terminal knows the escape sequence OSC 9.
    case osc9
}
