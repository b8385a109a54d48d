/// What a panel makes of a key.
enum KeyResponse: Sendable, Hashable {
    /// The key was the panel's, or is bound to nothing there. The effect is what it asks of the world outside of the state.
    case taken(Effect? = nil)
    /// The panel has no say in it: it is for the dashboard, which goes back, opens another view or quits.
    case passed(Action)
}
