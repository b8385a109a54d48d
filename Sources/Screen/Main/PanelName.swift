/// A panel of the main view.
enum PanelName: Sendable, Hashable, CaseIterable {
    case token, events, readings, charts
}
