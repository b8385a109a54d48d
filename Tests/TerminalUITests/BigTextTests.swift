import Testing

@testable import TerminalUI

@Suite("Big text")
struct BigTextTests {
    private func lines(_ text: String, _ scale: BigText.Scale, symbols: Symbols = .unicode) -> [String] {
        let picture = BigText(text, scale: scale, symbols: symbols)
        var frame = Frame(size: picture.size)
        picture.render(into: &frame, in: frame.bounds)
        return frame.lines
    }

    @Test("a countdown in each scale")
    func scales() {
        #expect(lines("2:4", .small) == ["▀▀█ ▄ █ █", "█▀▀ ▄ ▀▀█", "▀▀▀     ▀"])
        #expect(
            lines("2:4", .large, symbols: .ascii) == [
                "######   ##  ##", "    ## # ##  ##", "######   ######", "##     #     ##", "######       ##",
            ])
    }

    @Test("no two digits look alike", arguments: BigText.Scale.allCases)
    func distinct(_ scale: BigText.Scale) {
        #expect(Set("0123456789-".map { lines(String($0), scale) }).count == 11)
    }

    @Test("the largest scale that fits is chosen, and none where there is no room")
    func fitting() {
        func scale(_ columns: Int, _ rows: Int, _ symbols: Symbols = .unicode) -> BigText.Scale? {
            BigText.scale(of: "2:41:07", fitting: Size(columns: columns, rows: rows), symbols: symbols)
        }
        #expect(scale(38, 5) == .large)
        #expect(scale(37, 9) == .small)
        #expect(scale(80, 4) == .small)
        #expect(scale(80, 4, .ascii) == nil)
        #expect(scale(22, 9) == nil)
        #expect(scale(80, 2) == nil)
    }

    @Test("what has no room is cut off, and what it has no letter for is left blank")
    func cut() {
        var frame = Frame(size: Size(columns: 4, rows: 2))
        BigText("88", scale: .large, symbols: .unicode).render(into: &frame, in: frame.bounds)
        #expect(frame.lines == ["████", "██"])
        #expect(lines("é", .small) == ["", "", ""])
    }
}

@Suite("Paths that are too long")
struct ClippedPathTests {
    @Test("keep their end, after an ellipsis that is no home directory")
    func end() {
        #expect(clippedPath("~/state/token.json", to: 18) == "~/state/token.json")
        #expect(clippedPath("~/state/token.json", to: 12) == "…/token.json")
        #expect(clippedPath("~/state/token.json", to: 14, symbols: .ascii) == ".../token.json")
        #expect(clippedPath("abc", to: 0) == "")
    }
}
