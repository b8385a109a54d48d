private import CTerminal
internal import TerminalUI

/// The colour pairs of the terminal: what each style looks like in the scheme that was chosen.
struct Palette {
    private let scheme: ColourScheme
    private let depth: ColourDepth
    /// The pairs by the raw value of a role; 0 is the terminal's own colours.
    private let rolePairs: [CInt]
    /// The pairs by the index of a tint; 0 where there is none, and the role's is taken.
    private let tintPairs: [CInt]

    var hasColor: Bool { depth != .none }

    /// Defines the colour pairs. The terminal is open.
    init(noColor: Bool, scheme: ColourScheme = .anyGround) {
        let depth = noColor ? .none : ColourDepth(colours: Int(ct_colors()), isDirect: ct_has_direct_colors())
        var pairs = PairTable(limit: Int(ct_color_pairs())) { ct_define_pair($0, CInt($1.foreground), CInt($1.background ?? -1)) }
        let roles = Role.allCases.sorted { $0.rawValue < $1.rawValue }
        rolePairs = roles.map { role in scheme.colours(of: role, depth: depth).map { pairs.pair(of: $0) } ?? 0 }
        tintPairs = Tint.all.map { tint in scheme.colours(of: tint, depth: depth).map { pairs.pair(of: $0) } ?? 0 }
        self.depth = depth
        self.scheme = scheme
    }

    /// The pair of a style; 0 is the terminal's own colours.
    func pair(of style: Style) -> CInt {
        if let tint = style.tint, tintPairs[tint.index] != 0 { return tintPairs[tint.index] }
        return rolePairs[Int(style.role.rawValue)]
    }

    /// The attributes of a style, with those that its role brings along.
    func attributes(of style: Style) -> CInt {
        CInt(style.attributes.subtracting(.area).union(Self.attributes(of: style.role, depth: depth)).rawValue)
    }

    /// What a full block of an area is without colours: the denser, the further along its ramp the tint is.
    static func shade(of tint: Tint?) -> Character {
        let shades: [Character] = ["▒", "▓", "█"]
        return tint.map { shades[min(shades.count - 1, Int($0.fraction * Double(shades.count)))] } ?? "█"
    }

    private static func attributes(of role: Role, depth: ColourDepth) -> Attributes {
        switch role {
        case .plain, .good: []
        case .title, .bad, .keyName: .bold
        case .border, .muted: depth.isAmple ? [] : .dim
        case .accent, .warning: depth == .none ? .bold : []
        case .selection: .reverse
        case .goodBlock, .accentBlock, .warningBlock, .badBlock: depth == .none ? [.reverse, .bold] : []
        // Most terminals without colours are dark.
        case .code: depth == .none ? .reverse : []
        }
    }
}

/// The pairs that were defined: each two colours once, and no more than the terminal has pairs.
private struct PairTable {
    private let limit: Int
    private let define: (CInt, PairColours) -> Void
    private var numbers: [PairColours: CInt] = [:]

    init(limit: Int, define: @escaping (CInt, PairColours) -> Void) {
        // What ncurses takes of a pair in all its functions.
        self.limit = min(limit, Int(Int16.max))
        self.define = define
    }

    /// 0 where there is none left.
    mutating func pair(of colours: PairColours) -> CInt {
        if let number = numbers[colours] { return number }
        // Pair 0 is one of them.
        guard numbers.count + 1 < limit else { return 0 }
        let number = CInt(numbers.count + 1)
        numbers[colours] = number
        define(number, colours)
        return number
    }
}
