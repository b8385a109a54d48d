import Testing
import TestSupport

@Suite("Input from a terminal")
struct InputTests {
    @Test(
        "Keys arrive by name, in every form that terminals send",
        arguments: [
            ("\u{1B}[A", "up"), ("\u{1B}OA", "up"), ("\u{1B}[B", "down"), ("\u{1B}OC", "right"), ("\u{1B}[D", "left"),
            ("\u{1B}[H", "home"), ("\u{1B}[1~", "home"), ("\u{1B}OF", "end"), ("\u{1B}[5~", "pageUp"), ("\u{1B}[6~", "pageDown"),
            ("\u{1B}[3~", "delete"), ("\u{7F}", "backspace"), ("\u{08}", "backspace"), ("\r", "enter"), ("\t", "tab"),
            ("\u{1B}[Z", "backTab"), ("\u{1B}[1;2D", "shiftLeft"), ("\u{1B}[1;2C", "shiftRight"), ("\u{1B}[d", "shiftLeft"),
            ("\u{1B}OP", "function(1)"), ("\u{1B}[11~", "function(1)"), ("\u{1B}[15~", "function(5)"),
            ("\u{1B}[21~", "function(10)"), ("\u{1B}[23~", "function(11)"), ("\u{1B}[24~", "function(12)"),
            ("\u{1B}", "escape"), ("é", #"character("é")"#), ("日", #"character("日")"#), ("\u{15}", #"control("u")"#),
        ])
    func key(bytes: String, name: String) throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        terminal.send(bytes)
        #expect(try terminal.nextReport() == "key \(name)")
    }

    @Test("A sequence nobody knows makes no key of its letters")
    func unknownSequence() throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        terminal.send("\u{1B}[97;133uq")
        #expect(try terminal.nextReport() == "closed")
    }

    @Test("A paste is one event, and its letters are no keys")
    func paste() throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        terminal.send("\u{1B}[200~q one\r\ntwo\u{07}\n\u{1B}[201~")
        #expect(try terminal.nextReport() == "paste 9 [q one two]")
        terminal.send("\u{1B}[200~" + String(repeating: "é", count: 50_000) + "\u{1B}[201~")
        #expect(try terminal.nextReport() == "paste 32768 [\(String(repeating: "é", count: 40))]")
    }

    @Test("A paste without an end is taken as it is when nothing follows")
    func unterminatedPaste() throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        terminal.send("\u{1B}[200~half")
        #expect(try terminal.nextReport() == "paste 4 [half]")
        terminal.send("x")
        #expect(try terminal.nextReport() == #"key character("x")"#)
    }

    @Test("With the mouse on, clicks and the wheel arrive with their place")
    func mouse() throws {
        let terminal = try PseudoTerminal(["--mouse"])
        _ = try terminal.nextReport()
        #expect(terminal.takeOutput().contains("\u{1B}[?1006;1000h"))
        terminal.send("\u{1B}[<0;5;3M")
        #expect(try terminal.nextReport() == "mouse press 4,2")
        terminal.send("\u{1B}[<0;5;3m\u{1B}[<64;1;1M")
        #expect(try terminal.nextReport() == "mouse wheelUp 0,0")
        terminal.send("\u{1B}[<65;40;10M")
        #expect(try terminal.nextReport() == "mouse wheelDown 39,9")
    }

    @Test(
        "A move with the button down is a drag, which the terminal is asked for behind the clicks"
    )
    func drag() throws {
        let terminal = try PseudoTerminal(["--mouse"])
        _ = try terminal.nextReport()
        let beginning = terminal.takeOutput()
        let clicks = try #require(beginning.firstRange(of: "\u{1B}[?1006;1000h"))
        #expect(beginning[clicks.upperBound...].contains("\u{1B}[?1002h"))
        terminal.send("\u{1B}[<0;5;3M")
        #expect(try terminal.nextReport() == "mouse press 4,2")
        terminal.send("\u{1B}[<32;6;3M")
        #expect(try terminal.nextReport() == "mouse drag 5,2")
        terminal.send("\u{1B}[<32;6;4M\u{1B}[<0;6;4m\u{1B}[<0;1;1M")
        #expect(try terminal.nextReport() == "mouse drag 5,3")
        #expect(try terminal.nextReport() == "mouse press 0,0")
    }

    @Test("A click inside a paste is no click")
    func mouseInPaste() throws {
        let terminal = try PseudoTerminal(["--mouse"])
        _ = try terminal.nextReport()
        terminal.send("\u{1B}[200~on\u{1B}[<0;5;3M\u{1B}[<0;5;3me\u{1B}[201~\u{1B}[<0;6;3M\u{1B}[<0;6;3m")
        #expect(try terminal.nextReport() == "paste 3 [one]")
        #expect(try terminal.nextReport() == "mouse press 5,2")
    }

    @Test("A new size arrives, and the frame fills it")
    func resize() throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        _ = terminal.takeOutput()
        terminal.resize(columns: 60, rows: 12)
        #expect(try terminal.nextReport() == "resize 60x12")
        #expect(terminal.takeOutput().contains(String(repeating: "x", count: 60)))
        terminal.resize(columns: 1, rows: 1)
        #expect(try terminal.nextReport() == "resize 1x1")
        terminal.resize(columns: 400, rows: 100)
        #expect(try terminal.nextReport() == "resize 400x100")
    }
}
