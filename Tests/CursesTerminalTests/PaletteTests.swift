import Glibc
import TerminalUI
import Testing

@testable import CursesTerminal

@Suite("Colours")
struct PaletteTests {
    /// The relative luminance of one of xterm's 256 colours, from 16 on: the cube of six levels, then the greys.
    private func luminance(_ colour: Int) -> Double {
        let levels = [0.0, 95, 135, 175, 215, 255]
        let parts =
            colour >= 232
            ? Array(repeating: Double(8 + (colour - 232) * 10), count: 3)
            : [levels[(colour - 16) / 36], levels[(colour - 16) / 6 % 6], levels[(colour - 16) % 6]]
        // The formula of WCAG 2, section "relative luminance".
        let linear = parts.map { part in
            let value = part / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    private func contrast(_ one: Double, _ other: Double) -> Double {
        (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }

    @Test("of text stand out from a black and from a white background alike, those of blocks from their own", arguments: Role.allCases)
    func contrast(_ role: Role) throws {
        guard let colours = RoleColours(of: role, depth: .many) else {
            #expect([.plain, .title, .selection].contains(role), "others have colours")
            return
        }
        let text = luminance(colours.foreground)
        if let background = colours.background {
            #expect(contrast(text, luminance(background)) > 4.5)
        } else {
            #expect(contrast(text, 0) > 4)
            #expect(contrast(text, 1) > 2.9)
        }
    }

    @Test("are the first eight where there are no more, and none where there are fewer")
    func depths() {
        #expect(ColourDepth(colours: 65_536) == .many)
        #expect(ColourDepth(colours: 16) == .few)
        #expect(ColourDepth(colours: 2) == .none)
        #expect(Role.allCases.allSatisfy { RoleColours(of: $0, depth: .none) == nil })
        let few = Role.allCases.compactMap { RoleColours(of: $0, depth: .few) }
        #expect(few.allSatisfy { (0..<8).contains($0.foreground) && (0..<8).contains($0.background ?? 0) })
    }
}
