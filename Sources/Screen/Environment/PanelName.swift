/// A panel of the main view. Its name is a word of the screen's file.
enum PanelName: String, Sendable, Hashable, CaseIterable {
    case token, events, readings, charts
}
