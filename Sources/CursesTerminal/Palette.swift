private import CTerminal
internal import TerminalUI

/// What each role looks like on the background of the terminal, be it black or white.
///
/// With 256 colours they are those of the cube, which no theme changes, and which stand out from black and from white alike; the bright
/// ones of ANSI can't be read on white. With fewer they are the first eight: 8 is the background of some themes.
struct Palette {
    private let depth: ColourDepth

    var hasColor: Bool { depth != .none }

    /// Defines the colour pairs. The terminal is open.
    init(noColor: Bool) {
        depth = noColor ? .none : ColourDepth(colours: Int(ct_colors()))
        guard hasColor else { return }
        for role in Role.allCases {
            guard let colours = RoleColours(of: role, depth: depth) else { continue }
            ct_define_pair(Self.pair(of: role), CInt(colours.foreground), CInt(colours.background ?? -1))
        }
    }

    /// The pair of a style; 0 is the terminal's own colours.
    func pair(of style: Style) -> CInt {
        RoleColours(of: style.role, depth: depth) == nil ? 0 : Self.pair(of: style.role)
    }

    /// The attributes of a style, with those that its role brings along.
    func attributes(of style: Style) -> CInt {
        CInt(style.attributes.union(Self.attributes(of: style.role, depth: depth)).rawValue)
    }

    private static func pair(of role: Role) -> CInt {
        CInt(role.rawValue) + 1
    }

    private static func attributes(of role: Role, depth: ColourDepth) -> Attributes {
        switch role {
        case .plain, .good: []
        case .title, .bad, .keyName: .bold
        case .border, .muted: depth == .many ? [] : .dim
        case .accent, .warning: depth == .none ? .bold : []
        case .selection: .reverse
        case .goodBlock, .accentBlock, .warningBlock, .badBlock: depth == .none ? [.reverse, .bold] : []
        // Most terminals without colours are dark.
        case .code: depth == .none ? .reverse : []
        }
    }
}

/// How many colours there are to choose from.
enum ColourDepth: Sendable, CaseIterable {
    case none
    /// The eight of ANSI.
    case few
    /// 256, as xterm has them.
    case many

    init(colours: Int) {
        self = colours >= 256 ? .many : colours >= 8 ? .few : .none
    }
}

/// The colours of a role, by their numbers; without a background it is the terminal's own.
struct RoleColours: Sendable, Hashable {
    let foreground: Int
    let background: Int?

    /// Nothing where the role has the terminal's own colours.
    init?(of role: Role, depth: ColourDepth) {
        guard let (few, many) = Self.colours(of: role), depth != .none, let chosen = depth == .many ? many : few else { return nil }
        (foreground, background) = chosen
    }

    private typealias Pair = (Int, Int?)

    private static func colours(of role: Role) -> (few: Pair?, many: Pair?)? {
        switch role {
        case .plain, .title, .selection: nil
        case .border, .muted: (nil, (244, nil))
        case .accent, .keyName: ((6, nil), (32, nil))
        case .good: ((2, nil), (34, nil))
        case .warning: ((3, nil), (136, nil))
        case .bad: ((1, nil), (196, nil))
        case .goodBlock: ((0, 2), (16, 34))
        case .accentBlock: ((0, 6), (16, 38))
        case .warningBlock: ((0, 3), (16, 178))
        case .badBlock: ((7, 1), (231, 160))
        case .code: ((0, 7), (16, 231))
        }
    }
}
