import TerminalUI
import Testing

@testable import Screen

@Suite("QR codes")
struct QRCodeTests {
    private let address = "http://127.0.0.1:9210/auth/authorize?key=0123456789abcdefghijkl"

    @Test("The short address fits 24 rows, with the address above it and the panel's borders")
    func fits() throws {
        let code = try #require(QRCode(address))
        #expect(code.side == 33)
        let view = try #require(QRCodeView(code, fitting: Size(columns: 76, rows: 19)))
        #expect(view.size == Size(columns: 37, rows: 19))
        #expect(try #require(QRCodeView(code, fitting: Size(columns: 120, rows: 40))).margin == 4)
        #expect(QRCodeView(code, fitting: Size(columns: 76, rows: 18)) == nil)
    }

    @Test("The three finder patterns are where cameras look for them")
    func finders() throws {
        let code = try #require(QRCode(address))
        let finder = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
        for (column, row) in [(0, 0), (code.side - 7, 0), (0, code.side - 7)] {
            let shown = (0..<7).map { y in String((0..<7).map { code[column + $0, row + y] ? "#" : "." }) }
            #expect(shown == finder)
        }
        #expect(!code[-1, 0] && !code[0, code.side])
    }

    @Test("What no code can hold is no code", arguments: ["", String(repeating: "x", count: 3000)])
    func none(text: String) {
        #expect(QRCode(text) == nil)
    }

    @Test("All of it, the margin too, is black on white whatever the terminal's colours are")
    func style() throws {
        let code = try #require(QRCode("x"))
        let view = try #require(QRCodeView(code, fitting: Size(columns: 40, rows: 40)))
        var frame = Frame(size: view.size)
        view.render(into: &frame, in: frame.bounds)
        for row in 0..<view.size.rows {
            for column in 0..<view.size.columns {
                #expect(frame[column, row].style.role == .code)
            }
        }
        #expect(frame.lines[0].isEmpty && frame.lines[1].isEmpty, "4 modules of margin are 2 rows")
        #expect(frame[4, 2].glyph == " " && frame[4, 2].style == Style.code.reverse(), "two dark modules")
    }
}
