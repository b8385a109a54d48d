internal import TerminalUI

/// How many colours there are to choose from.
enum ColourDepth: Sendable, CaseIterable {
    case none
    /// The eight of ANSI.
    case few
    /// 256, as xterm has them.
    case many
    /// 24 bits of red, green and blue.
    case direct

    /// - Parameters:
    ///   - colours: How many numbers of colours the terminal takes.
    ///   - isDirect: Whether those above 7 are red, green and blue.
    init(colours: Int, isDirect: Bool) {
        if isDirect {
            // Ones of 15 or 16 bits have their numbers otherwise; the first eight they have all.
            self = colours == 1 << 24 ? .direct : .few
        } else {
            self = colours >= 256 ? .many : colours >= 8 ? .few : .none
        }
    }

    /// Whether there are enough for tints.
    var isAmple: Bool { self == .many || self == .direct }
}

/// Two colours by their numbers; without a background it is the terminal's own.
struct PairColours: Sendable, Hashable {
    let foreground: Int
    let background: Int?
}

/// A set of colours: what roles and ramps look like on a kind of background.
struct ColourScheme: Sendable {
    /// A foreground and a background by their numbers, of the first eight, and of 256.
    typealias RoleColours = (few: (Int, Int?)?, many: (Int, Int?)?)

    let role: @Sendable (Role) -> RoleColours
    /// The colours of a ramp, at equal distances from its one end to the other.
    let stops: @Sendable (Ramp) -> [RGB]
    /// How bright a tint may be, as relative luminance.
    let luminance: ClosedRange<Double>

    /// Nothing where the role has the terminal's own colours.
    func colours(of role: Role, depth: ColourDepth) -> PairColours? {
        let colours = self.role(role)
        guard depth != .none, let chosen = depth.isAmple ? colours.many : colours.few else { return nil }
        let number = { depth == .direct ? RGB(index: $0).number : $0 }
        return PairColours(foreground: number(chosen.0), background: chosen.1.map(number))
    }

    /// Nothing where there are not enough colours for tints.
    func colours(of tint: Tint, depth: ColourDepth) -> PairColours? {
        switch depth {
        case .none, .few: nil
        case .many: PairColours(foreground: colour(of: tint).nearestIndex(luminance: luminance), background: nil)
        case .direct: PairColours(foreground: colour(of: tint).number, background: nil)
        }
    }

    func colour(of tint: Tint) -> RGB {
        let stops = stops(tint.ramp)
        let place = tint.fraction * Double(stops.count - 1)
        let index = min(Int(place), stops.count - 2)
        return stops[index].mixed(with: stops[index + 1], place - Double(index))
    }
}

extension ColourScheme {
    /// For a background that may be black or white.
    ///
    /// With 256 colours those of the cube, which no theme changes, and which stand out from black and from white alike; the bright ones
    /// of ANSI can't be read on white. With fewer the first eight: 8 is the background of some themes.
    static let anyGround = ColourScheme(
        role: { role in
            switch role {
            case .plain, .title, .selection: (nil, nil)
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
        },
        stops: { ramp in
            switch ramp {
            case .warmth:
                [
                    RGB(138, 92, 224), RGB(98, 98, 238), RGB(66, 112, 240), RGB(36, 134, 232), RGB(0, 150, 205), RGB(0, 158, 160),
                    RGB(20, 162, 92), RGB(132, 152, 0), RGB(206, 122, 0), RGB(228, 72, 44), RGB(210, 44, 96),
                ]
            case .concern: [RGB(30, 162, 84), RGB(92, 158, 20), RGB(176, 140, 0), RGB(214, 112, 0), RGB(228, 60, 46)]
            case .moisture: [RGB(206, 114, 10), RGB(176, 138, 0), RGB(20, 160, 108), RGB(0, 148, 205), RGB(76, 106, 240)]
            case .loudness: [RGB(0, 156, 150), RGB(40, 132, 232), RGB(140, 96, 226), RGB(214, 62, 140), RGB(228, 60, 46)]
            case .pressure: [RGB(138, 92, 224), RGB(66, 112, 240), RGB(0, 150, 205), RGB(20, 162, 92), RGB(176, 140, 0)]
            case .wind: [RGB(0, 156, 160), RGB(30, 162, 84), RGB(176, 140, 0), RGB(228, 80, 30), RGB(210, 44, 96), RGB(172, 70, 200)]
            case .rain: [RGB(0, 152, 196), RGB(36, 134, 232), RGB(66, 112, 240), RGB(110, 96, 236), RGB(150, 84, 216)]
            }
        },
        luminance: 0.12...0.31
    )
}
