import TerminalUI
import Testing

@testable import CursesTerminal

@Suite("Colours")
struct PaletteTests {
    private func contrast(_ one: Double, _ other: Double) -> Double {
        (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }

    @Test("of text stand out from a black and from a white background alike, those of blocks from their own", arguments: Role.allCases)
    func contrast(_ role: Role) throws {
        guard let colours = ColourScheme.anyGround.colours(of: role, depth: .many) else {
            #expect([.plain, .title, .selection].contains(role), "others have colours")
            return
        }
        let text = RGB(index: colours.foreground).luminance
        if let background = colours.background {
            #expect(contrast(text, RGB(index: background).luminance) > 4.5)
        } else {
            #expect(contrast(text, 0) > 4)
            #expect(contrast(text, 1) > 2.9)
        }
    }

    @Test("of tints stand out from black and from white alike, with 256 colours and with all", arguments: Ramp.allCases)
    func contrast(_ ramp: Ramp) throws {
        for tint in Tint.all where tint.ramp == ramp {
            let exact = ColourScheme.anyGround.colour(of: tint)
            let nearest = try #require(ColourScheme.anyGround.colours(of: tint, depth: .many))
            for colour in [exact, RGB(index: nearest.foreground)] {
                #expect(contrast(colour.luminance, 0) > 3, "\(tint): \(colour)")
                #expect(contrast(colour.luminance, 1) > 2.9, "\(tint): \(colour)")
            }
        }
    }

    @Test("of a ramp change along it, by little from one to the next, and end elsewhere than they begin", arguments: Ramp.allCases)
    func gradient(_ ramp: Ramp) {
        let colours = Tint.all.filter { $0.ramp == ramp }.map { ColourScheme.anyGround.colour(of: $0) }
        for (one, next) in zip(colours, colours.dropFirst()) {
            let difference = abs(one.red - next.red) + abs(one.green - next.green) + abs(one.blue - next.blue)
            #expect((1...60).contains(difference), "\(one) \(next)")
        }
        let numbers = Set(Tint.all.filter { $0.ramp == ramp }.compactMap { ColourScheme.anyGround.colours(of: $0, depth: .many) })
        #expect(numbers.count >= 4, "with 256 colours it is to be seen too")
    }

    @Test("are the first eight where there are no more, and none where there are fewer; tints need 256")
    func depths() {
        #expect(ColourDepth(colours: 256, isDirect: false) == .many)
        #expect(ColourDepth(colours: 16, isDirect: false) == .few)
        #expect(ColourDepth(colours: 2, isDirect: false) == .none)
        #expect(ColourDepth(colours: 1 << 24, isDirect: true) == .direct)
        #expect(ColourDepth(colours: 1 << 15, isDirect: true) == .few, "numbers of colours that are made up otherwise")
        let scheme = ColourScheme.anyGround
        #expect(Role.allCases.allSatisfy { scheme.colours(of: $0, depth: .none) == nil })
        let few = Role.allCases.compactMap { scheme.colours(of: $0, depth: .few) }
        #expect(few.allSatisfy { (0..<8).contains($0.foreground) && (0..<8).contains($0.background ?? 0) })
        #expect(Tint.all.allSatisfy { scheme.colours(of: $0, depth: .few) == nil && scheme.colours(of: $0, depth: .none) == nil })
    }

    @Test("with direct colours are red, green and blue, none of them a number of a palette")
    func direct() throws {
        let scheme = ColourScheme.anyGround
        #expect(RGB(1, 2, 3).number == 0x010203)
        #expect(RGB(0, 0, 7).number >= 256)
        #expect(try #require(scheme.colours(of: Role.good, depth: .direct)).foreground == 0x00AF00)
        let all =
            Role.allCases.compactMap { scheme.colours(of: $0, depth: .direct) }
            + Tint.all.compactMap { scheme.colours(of: $0, depth: .direct) }
        #expect(all.allSatisfy { (256..<1 << 24).contains($0.foreground) && (256..<1 << 24).contains($0.background ?? 256) })
    }

    @Test("are one of 256 that is most alike")
    func nearest() {
        #expect(RGB(255, 0, 0).nearestIndex(luminance: 0...1) == 196)
        #expect(RGB(0, 135, 215).nearestIndex(luminance: 0...1) == 32)
        #expect(RGB(255, 255, 0).nearestIndex(luminance: 0...0.3) != 226, "too bright for white")
    }

    @Test("Without colours, areas have shades", arguments: [(0, "▒"), (0.3, "▒"), (0.5, "▓"), (1, "█")] as [(Double, Character)])
    func shades(fraction: Double, shade: Character) {
        #expect(Palette.shade(of: Tint(.warmth, at: fraction)) == shade)
        #expect(Palette.shade(of: nil) == "█")
    }
}
