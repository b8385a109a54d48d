/// Which colours the screen is drawn in.
package enum Theme: String, Sendable, Hashable, CaseIterable, Codable {
    /// The terminal's own ground and text, and colours that stand out from black and from white.
    case auto
    /// Black on a white ground.
    case light
    /// Light on a black ground.
    case dark
    /// No colours.
    case mono

    /// The one that the next key press leads to.
    package var next: Theme {
        let all = Self.allCases
        return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }
}
