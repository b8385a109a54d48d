/// How a cell looks: a role, which gives the colour, and attributes on top. A tint takes the place of the role's colour where the
/// terminal has enough colours for it.
package struct Style: Sendable, Hashable {
    package var role: Role
    package var attributes: Attributes
    package var tint: Tint?

    package init(_ role: Role = .plain, _ attributes: Attributes = [], tint: Tint? = nil) {
        self.role = role
        self.attributes = attributes
        self.tint = tint
    }

    package static let plain = Style(.plain)
    package static let title = Style(.title)
    package static let border = Style(.border)
    package static let accent = Style(.accent)
    package static let good = Style(.good)
    package static let warning = Style(.warning)
    package static let bad = Style(.bad)
    package static let muted = Style(.muted)
    package static let selection = Style(.selection)
    package static let keyName = Style(.keyName)
    package static let goodBlock = Style(.goodBlock)
    package static let accentBlock = Style(.accentBlock)
    package static let warningBlock = Style(.warningBlock)
    package static let badBlock = Style(.badBlock)
    package static let code = Style(.code)

    /// The style with these attributes added.
    package func with(_ attributes: Attributes) -> Style {
        Style(role, self.attributes.union(attributes), tint: tint)
    }

    /// The style with these attributes taken away.
    package func without(_ attributes: Attributes) -> Style {
        Style(role, self.attributes.subtracting(attributes), tint: tint)
    }

    /// The style with this tint, or without one.
    package func tinted(_ tint: Tint?) -> Style { Style(role, attributes, tint: tint) }

    package func bold() -> Style { with(.bold) }
    package func underline() -> Style { with(.underline) }
    package func reverse() -> Style { with(.reverse) }
}
