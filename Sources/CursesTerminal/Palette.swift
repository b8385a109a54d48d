private import CTerminal
internal import TerminalUI

/// What each role looks like: one of the terminal's own colours on its own background, so that it is readable on black and on white.
///
/// Only the first eight colours: 8 is the background of some themes, and many terminals have no more.
struct Palette {
    let hasColor: Bool

    /// Defines the colour pairs. The terminal is open.
    init(noColor: Bool) {
        hasColor = !noColor && ct_colors() >= 8
        guard hasColor else { return }
        for role in Role.allCases {
            if let colour = Self.colour(of: role) { ct_define_pair(Self.pair(of: role), colour, Self.background(of: role)) }
        }
    }

    /// The pair of a style; 0 is the terminal's own colours.
    func pair(of style: Style) -> CInt {
        hasColor && Self.colour(of: style.role) != nil ? Self.pair(of: style.role) : 0
    }

    /// The attributes of a style, with those that its role brings along.
    func attributes(of style: Style) -> CInt {
        CInt(style.attributes.union(hasColor ? Self.attributes(of: style.role) : Self.attributesWithoutColour(of: style.role)).rawValue)
    }

    private static func pair(of role: Role) -> CInt {
        CInt(role.rawValue) + 1
    }

    /// One of the eight colours of ANSI, nil for the foreground of the terminal.
    private static func colour(of role: Role) -> CInt? {
        switch role {
        case .plain, .title, .border, .muted, .selection: nil
        case .bad: 1
        case .good: 2
        case .warning: 3
        case .accent, .keyName: 6
        case .code: 0
        }
    }

    /// One of the eight colours of ANSI, -1 for the background of the terminal.
    private static func background(of role: Role) -> CInt {
        role == .code ? 7 : -1
    }

    private static func attributes(of role: Role) -> Attributes {
        switch role {
        case .plain, .accent, .good, .warning, .code: []
        case .title, .bad, .keyName: .bold
        case .border, .muted: .dim
        case .selection: .reverse
        }
    }

    private static func attributesWithoutColour(of role: Role) -> Attributes {
        switch role {
        case .plain, .good: []
        case .title, .warning, .bad, .keyName, .accent: .bold
        case .border, .muted: .dim
        // Most terminals without colours are dark.
        case .selection, .code: .reverse
        }
    }
}
