import Foundation
import Testing

@testable import Engine
@testable import EngineAPI

@Suite("Lines of a memory")
struct MemoryLinesTests {
    private struct Line: Codable, Hashable {
        let number: Double
    }

    private func read(_ text: String, limit: Int = 1000) -> (lines: [Line], problem: MemoryProblem.Cause?) {
        MemoryLines.lines(Line.self, in: Array(text.utf8), limit: limit)
    }

    @Test("fill the room that there is to the last byte, and no more of it")
    func limit() {
        let lines = [Line(number: 1), Line(number: 2)]
        let text = MemoryLines.text(of: lines, limit: 1000)
        #expect(String(decoding: text, as: UTF8.self) == "{\"form\":1}\n{\"number\":1}\n{\"number\":2}\n")
        #expect(MemoryLines.text(of: lines, limit: text.count) == text)
        #expect(MemoryLines.text(of: lines, limit: text.count - 1) == MemoryLines.text(of: lines.dropLast(), limit: 1000))
        #expect(MemoryLines.lines(Line.self, in: text, limit: text.count).lines == lines)
        let tooLarge = MemoryLines.lines(Line.self, in: text, limit: text.count - 1)
        #expect(tooLarge.lines == [] && tooLarge.problem == .tooLarge(limit: text.count - 1))
    }

    @Test("are written without those that hold no number, and without what has no room behind them")
    func noNumber() {
        let text = MemoryLines.text(of: [Line(number: .nan), Line(number: 2)], limit: 1000)
        #expect(read(String(decoding: text, as: UTF8.self)).lines == [Line(number: 2)])
    }

    @Test("are read one by one: a damaged one, also the first, costs no other")
    func damaged() {
        let two = [Line(number: 1), Line(number: 2)]
        #expect(read("{\"form\":1}\n{\"number\":1}\nx\n{\"number\":2}\n") == (two, .damaged(lines: 1)))
        #expect(read("{\"fo\n{\"number\":1}\n{\"number\":2}\n") == (two, .damaged(lines: 1)))
        #expect(read("{\"number\":1}\n{\"number\":2}\n") == (two, nil))
        #expect(read("{\"form\":2}\n{\"number\":1}\n") == ([], .otherForm))
        #expect(read("") == ([], nil))
    }
}
