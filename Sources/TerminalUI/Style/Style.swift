/// How a cell looks: a role, which gives the colour, and attributes on top.
public struct Style: Sendable, Hashable {
    /// What the cell means.
    public var role: Role
    /// How it is drawn besides its colour.
    public var attributes: Attributes

    /// Makes a style.
    public init(_ role: Role = .plain, _ attributes: Attributes = []) {
        self.role = role
        self.attributes = attributes
    }

    /// Ordinary text.
    public static let plain = Style(.plain)
    /// The heading of a panel or a table.
    public static let title = Style(.title)
    /// Borders and axes.
    public static let border = Style(.border)
    /// What stands out without being good or bad.
    public static let accent = Style(.accent)
    /// All is well.
    public static let good = Style(.good)
    /// Needs a look.
    public static let warning = Style(.warning)
    /// Failed or about to fail.
    public static let bad = Style(.bad)
    /// Less important than plain text.
    public static let muted = Style(.muted)
    /// The selected row.
    public static let selection = Style(.selection)
    /// The name of a key.
    public static let keyName = Style(.keyName)
    /// A block: all is well.
    public static let goodBlock = Style(.goodBlock)
    /// A block: something is under way.
    public static let accentBlock = Style(.accentBlock)
    /// A block: needs a look.
    public static let warningBlock = Style(.warningBlock)
    /// A block: failed.
    public static let badBlock = Style(.badBlock)
    /// A picture for cameras.
    public static let code = Style(.code)

    /// The style with these attributes added.
    public func with(_ attributes: Attributes) -> Style {
        Style(role, self.attributes.union(attributes))
    }

    /// The style, bold.
    public func bold() -> Style { with(.bold) }
    /// The style, fainter.
    public func dim() -> Style { with(.dim) }
    /// The style, underlined.
    public func underline() -> Style { with(.underline) }
    /// The style with foreground and background swapped.
    public func reverse() -> Style { with(.reverse) }
}
