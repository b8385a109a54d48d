/// How a cell looks: a role, which gives the colour, and attributes on top.
package struct Style: Sendable, Hashable {
    /// What the cell means.
    package var role: Role
    /// How it is drawn besides its colour.
    package var attributes: Attributes

    /// Makes a style.
    package init(_ role: Role = .plain, _ attributes: Attributes = []) {
        self.role = role
        self.attributes = attributes
    }

    /// Ordinary text.
    package static let plain = Style(.plain)
    /// The heading of a panel or a table.
    package static let title = Style(.title)
    /// Borders and axes.
    package static let border = Style(.border)
    /// What stands out without being good or bad.
    package static let accent = Style(.accent)
    /// All is well.
    package static let good = Style(.good)
    /// Needs a look.
    package static let warning = Style(.warning)
    /// Failed or about to fail.
    package static let bad = Style(.bad)
    /// Less important than plain text.
    package static let muted = Style(.muted)
    /// The selected row.
    package static let selection = Style(.selection)
    /// The name of a key.
    package static let keyName = Style(.keyName)
    /// A block: all is well.
    package static let goodBlock = Style(.goodBlock)
    /// A block: something is under way.
    package static let accentBlock = Style(.accentBlock)
    /// A block: needs a look.
    package static let warningBlock = Style(.warningBlock)
    /// A block: failed.
    package static let badBlock = Style(.badBlock)
    /// A picture for cameras.
    package static let code = Style(.code)

    /// The style with these attributes added.
    package func with(_ attributes: Attributes) -> Style {
        Style(role, self.attributes.union(attributes))
    }

    /// The style, bold.
    package func bold() -> Style { with(.bold) }
    /// The style, fainter.
    package func dim() -> Style { with(.dim) }
    /// The style, underlined.
    package func underline() -> Style { with(.underline) }
    /// The style with foreground and background swapped.
    package func reverse() -> Style { with(.reverse) }
}
