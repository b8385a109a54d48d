/// How a cell looks: a role, which gives the colour, and attributes on top.
package struct Style: Sendable, Hashable {
    package var role: Role
    package var attributes: Attributes

    package init(_ role: Role = .plain, _ attributes: Attributes = []) {
        self.role = role
        self.attributes = attributes
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
        Style(role, self.attributes.union(attributes))
    }

    package func bold() -> Style { with(.bold) }
    package func underline() -> Style { with(.underline) }
    package func reverse() -> Style { with(.reverse) }
}
