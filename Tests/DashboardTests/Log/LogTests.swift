import FoundationEssentials
import TerminalUI
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Screen

@Suite("The log panel")
struct LogTests {
    private var state = Scenes.state(columns: 80, rows: 14)
    private var log = LogTail(file: .writing(path: "/state/log"))

    /// What the rows of the panel show, without the time and the level.
    private var shown: [String] {
        state.frame.lines.dropFirst(2).dropLast(2).map { line in
            line.dropFirst(19).dropLast(2).reversed().drop { $0 == " " }.reversed().map(String.init).joined()
        }
    }

    private mutating func add(_ numbers: ClosedRange<Int>, text: String = "line") {
        for number in numbers { log.append(LogLine(time: Scenes.now, level: .info, message: "\(text) \(number)")) }
        state.take(log)
    }

    private mutating func press(_ keys: Key...) {
        for key in keys { _ = state.handle(.key(key)) }
    }

    private mutating func turnWheel(_ kind: MouseEvent.Kind) {
        _ = state.handle(.mouse(MouseEvent(position: Point(column: 5, row: 5), kind: kind)))
    }

    private func lines(_ numbers: ClosedRange<Int>) -> [String] { numbers.map { "line \($0)" } }

    @Test("opens by l, closes by l and by Esc; Esc and l never quit")
    mutating func opens() {
        state.take(log)
        for close in [Key.character("l"), .escape] {
            press(.character("l"))
            #expect(state.frame.lines[1].contains("Log /state/log"))
            #expect(state.handle(.key(close)) == nil)
            #expect(state.frame.lines[1].contains("Token"))
        }
    }

    @Test("an empty log says so")
    mutating func empty() {
        press(.character("l"))
        #expect(state.frame.lines[2].contains("nothing logged yet"))
    }

    @Test("without a file there is no word of one")
    mutating func noFile() {
        press(.character("l"))
        state.take(LogTail())
        #expect(state.frame.lines[1].hasPrefix("╭ Log ──"))
    }

    @Test("follows the newest line, at the bottom")
    mutating func follows() {
        press(.character("l"))
        add(1...3)
        #expect(shown.prefix(4) == ["line 1", "line 2", "line 3", ""])
        add(4...20)
        #expect(shown == lines(11...20))
    }

    @Test("scrolled back it stays where it is, says how many are newer, and End follows again")
    mutating func stays() {
        press(.character("l"))
        add(1...20)
        press(.up, .character("k"))
        add(21...22)
        #expect(shown == lines(9...18))
        #expect(state.frame.lines[1].contains("4 newer"))
        press(.end)
        add(23...23)
        #expect(shown == lines(14...23))
        #expect(!state.frame.lines[1].contains("newer"))
    }

    @Test("pages and wheel move it and stop at the ends; arriving at the end follows again")
    mutating func moves() {
        press(.character("l"))
        add(1...30)
        press(.pageUp)
        #expect(shown == lines(12...21))
        press(.home)
        #expect(shown == lines(1...10))
        press(.pageUp, .up)
        #expect(shown == lines(1...10))
        turnWheel(.wheelDown)
        #expect(shown == lines(4...13))
        turnWheel(.wheelUp)
        #expect(shown == lines(1...10))
        press(.pageDown, .pageDown, .pageDown)
        add(31...31)
        #expect(shown == lines(22...31))
    }

    @Test("keeps its place while old lines are forgotten, as long as there is something there")
    mutating func forgets() {
        press(.character("l"))
        add(1...1000)
        press(.home, .pageDown)
        add(1001...1009)
        #expect(shown == lines(10...19))
        add(1010...1500)
        #expect(shown == lines(501...510))
    }

    @Test("long lines are cut with a mark and read by scrolling sideways, there and back")
    mutating func sideways() {
        press(.character("l"))
        add(1...1, text: String(repeating: "0123456789", count: 8))
        #expect(shown.first?.hasSuffix("7…") == true)
        press(.right, .right, .right)
        #expect(shown.first?.hasPrefix("…1234") == true)
        #expect(shown.first?.hasSuffix("789 1") == true)
        press(.right, .right, .right)
        let end = shown
        press(.right)
        #expect(shown == end, "no further than there is something to read")
        press(.left, .left, .left)
        #expect(shown.first?.hasPrefix("0123") == true)
    }

    @Test(
        "scrolling sideways ends with the step that shows the last cell",
        arguments: [(99, 0), (100, 0), (101, 10), (110, 10), (111, 20), (120, 20), (121, 30)])
    func furthest(widest: Int, column: Int) {
        var scroll = LogState()
        scroll.moveSideways(by: 99, widest: widest, room: 100)
        #expect(scroll.column == column)
        scroll.moveSideways(by: -99, widest: widest, room: 100)
        #expect(scroll.column == 0)
    }

    @Test("nothing to scroll sideways where all lines fit")
    mutating func shortLines() {
        press(.character("l"))
        add(1...3)
        press(.right)
        #expect(shown.first == "line 1")
    }

    @Test("a message is one line of at most so many characters, and the marks for what was cut off or replaced are ASCII")
    func cut() {
        func message(_ text: String) -> String { LogLine(time: Scenes.now, level: .info, message: text).message }
        let longest = String(repeating: "x", count: LogLine.longestMessage)
        #expect(message(longest) == longest)
        #expect(message(longest + "x") == longest.dropLast(3) + "...")
        #expect(message("one\ntwo \u{1B}[2J Kjøkken") == "one two ?[2J Kjøkken")
    }

    @Test("no size at all is no reason to crash", arguments: [0, 1, 39, 40, 41, 200], [0, 1, 9, 10, 11, 60])
    mutating func sizes(columns: Int, rows: Int) {
        add(1...100, text: String(repeating: "x", count: 100))
        _ = state.handle(.resize(Size(columns: columns, rows: rows)))
        press(.character("l"), .up, .right, .pageUp, .end, .home, .left)
        _ = state.frame
    }

    @Test("levels are told apart by their word and by the colour of their role")
    mutating func levels() throws {
        state.take(Scenes.log)
        press(.character("l"))
        for (level, role) in [
            ("error", Role.bad), ("fatal", .bad), ("warning", .warning), ("info", .plain), ("debug", .muted), ("trace", .muted),
        ] {
            let row = try #require(state.frame.lines.firstIndex { $0.dropFirst(11).hasPrefix(level) }, "\(level)")
            #expect(state.frame[11, row].style.role == role, "\(level)")
        }
    }

    @Test("keys that ask NetAtmo for something, Ctrl-L, Ctrl-Z and q work here too; others of the main view do nothing")
    mutating func otherKeys() {
        press(.character("l"))
        let keys: [Key] = [
            .character("s"), .character("/"), .character("u"), .character("r"), .character("t"), .control("l"), .control("z"),
        ]
        #expect(keys.map { state.handle(.key($0)) } == [nil, nil, nil, .fetch, .renew, .redraw, .suspend])
        #expect(state.handle(.key(.character("q"))) == .quit)
        #expect(state.handle(.key(.character("a"))) == .offerSignIn)
    }
}
