/// What a piece of the screen means. The terminal's colour for it is chosen in one place, the terminal's palette.
package enum Role: UInt8, Sendable, Hashable, CaseIterable {
    /// Ordinary text.
    case plain
    /// The heading of a panel or a table.
    case title
    /// Borders and axes.
    case border
    /// What has the focus, or stands out without being good or bad.
    case accent
    /// All is well.
    case good
    /// Needs a look.
    case warning
    /// Failed or about to fail.
    case bad
    /// Less important than plain text.
    case muted
    /// The selected row.
    case selection
    /// The name of a key.
    case keyName
    /// A block that is seen from afar: all is well.
    case goodBlock
    /// A block: something is under way.
    case accentBlock
    /// A block: needs a look.
    case warningBlock
    /// A block: failed.
    case badBlock
    /// A picture for cameras: black on white, whatever the terminal's own colours are.
    case code
}
