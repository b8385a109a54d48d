/// What lies over the main view, with what the user sees of it.
enum Overlay: Sendable {
    case none
    case log(LogState)
    /// The selected module in full.
    case module(ModuleState)
    case signIn(SignInState)

    /// Whether nothing of the main view is to be seen beside it.
    var hidesMainView: Bool {
        if case .none = self { false } else { true }
    }
}
