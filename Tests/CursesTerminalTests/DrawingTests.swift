import Testing
import TestSupport

@Suite("Drawing on a terminal")
struct DrawingTests {
    @Test("A frame fills the screen to its last cell, in colour, without wrapping")
    func fills() throws {
        let terminal = try PseudoTerminal()
        #expect(try terminal.nextReport() == "ready 40x10 color=true ascii=false")
        let output = terminal.takeOutput()
        #expect(output.contains("╭"))
        #expect(output.contains("[38;5;34mcounter 0"))
        #expect(output.contains("Küche 日本"))
        #expect(output.hasPrefix("\u{1B}[?1049h"))
        #expect(!output.contains("\u{1B}(0"), "the alternate character set is not for mosh")
        #expect(!output.contains("\u{1B}[?1000h"), "the mouse is left to the terminal")
    }

    @Test("One changed digit costs some bytes, an unchanged frame none")
    func writesOnlyChanges() throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        _ = terminal.takeOutput()
        terminal.send("+")
        #expect(try terminal.nextReport() == #"key character("+")"#)
        let change = terminal.takeOutput()
        #expect(change.contains("1"))
        #expect(change.utf8.count <= 32, "\(change.debugDescription)")
        terminal.send("-")
        _ = try terminal.nextReport()
        #expect(terminal.takeOutput().isEmpty)
    }

    @Test("Ctrl-L draws everything again")
    func redraws() throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        _ = terminal.takeOutput()
        terminal.send("\u{0C}")
        #expect(try terminal.nextReport() == #"key control("l")"#)
        #expect(terminal.takeOutput().contains("counter 0"))
    }

    @Test("Without colours, states are told by bold text alone", arguments: ["xterm-256color", "vt100"])
    func withoutColour(term: String) throws {
        let terminal = try PseudoTerminal(["--no-color"], environment: ["TERM": term])
        #expect(try terminal.nextReport().contains("color=false"))
        let output = terminal.takeOutput()
        #expect(output.contains("counter 0"))
        #expect(output.firstRange(of: #/\e\[[0-9;]*3[0-7]m/#) == nil)
    }

    @Test("Terminals with eight colours have colour", arguments: ["xterm", "screen", "linux", "ansi"])
    func eightColours(term: String) throws {
        let terminal = try PseudoTerminal(environment: ["TERM": term])
        #expect(try terminal.nextReport().contains("color=true"))
        #expect(terminal.takeOutput().contains("counter 0"))
    }

    @Test("A locale that is not UTF-8 gets ASCII, and a mark for each character it has not")
    func asciiLocale() throws {
        let terminal = try PseudoTerminal(environment: ["LC_ALL": "C"])
        #expect(try terminal.nextReport().contains("ascii=true"))
        let output = terminal.takeOutput()
        #expect(output.contains("K?che ????"))
        #expect(output.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test("A UTF-8 locale that is not installed is still UTF-8")
    func missingLocale() throws {
        let terminal = try PseudoTerminal(environment: ["LC_ALL": "de_CH.UTF-8"])
        #expect(try terminal.nextReport().contains("ascii=false"))
        #expect(terminal.takeOutput().contains("Küche 日本"))
    }

    @Test("A title is set, and taken back at the end")
    func title() throws {
        let terminal = try PseudoTerminal(["--title"])
        _ = try terminal.nextReport()
        #expect(terminal.takeOutput().contains("\u{1B}]2;Probe\u{07}"))
        terminal.send("q")
        #expect(try terminal.exitCode() == 0)
        #expect(terminal.takeOutput().contains("\u{1B}[23;2t"))
    }

    @Test("A new title is set once, without anything that could end its sequence, and again after a suspension")
    func newTitle() throws {
        let terminal = try PseudoTerminal(["--title"])
        _ = try terminal.nextReport()
        _ = terminal.takeOutput()
        terminal.send("W")
        try terminal.wait(for: "\u{1B}]2;Probe \u{FFFD}\u{FFFD}]52;c;eA==\u{FFFD}\u{FFFD}31m ü 0\u{07}")
        _ = try terminal.nextReport()
        terminal.send("W")
        _ = try terminal.nextReport()
        #expect(!terminal.takeOutput().contains("\u{1B}]2;"), "the same title is not sent twice")
    }

    @Test("Without a title none is ever set")
    func noTitle() throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        terminal.send("W")
        _ = try terminal.nextReport()
        #expect(!terminal.takeOutput().contains("\u{1B}]2;"))
    }

    @Test(
        "A copy goes to the terminal's clipboard as base64, after the screen",
        arguments: ["xterm-256color", "tmux-256color", "screen-256color", "screen", "xterm", "xterm-unheard-of"])
    func copy(terminalName: String) throws {
        let terminal = try PseudoTerminal(environment: ["TERM": terminalName])
        var report = try terminal.nextReport()
        if report.hasPrefix("notice") { report = try terminal.nextReport() }
        terminal.send("C")
        #expect(try terminal.nextReport() == "copied true")
        try terminal.wait(for: "\u{1B}]52;c;aHR0cDovLzEyNy4wLjAuMTo5MjEwLz9rZXk9YSZiPcO8\u{07}")
    }

    @Test("A terminal that knows no clipboard gets nothing, and it is said", arguments: ["linux", "vt100", "ansi"])
    func noClipboard(terminalName: String) throws {
        let terminal = try PseudoTerminal(environment: ["TERM": terminalName])
        _ = try terminal.nextReport()
        terminal.send("C")
        #expect(try terminal.nextReport() == "copied false")
        #expect(!terminal.takeOutput().contains("]52;"))
    }

    @Test("What is too long for a clipboard is not sent")
    func longCopy() throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        terminal.send("M")
        #expect(try terminal.nextReport() == "copied false")
        #expect(!terminal.takeOutput().contains("]52;"))
    }

    @Test("The bell is one byte, a notification is an OSC 9 that nothing in it can end")
    func alerts() throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        _ = terminal.takeOutput()
        terminal.send("B")
        try terminal.wait(for: "\u{07}")
        terminal.send("N")
        try terminal.wait(for: "\u{1B}]9;rejected\u{FFFD}\u{FFFD}\\\u{FFFD}; sign in\u{07}")
    }

    @Test("A notification is a bell where the terminal would write it on the screen", arguments: ["linux", "vt100"])
    func noNotification(terminalName: String) throws {
        let terminal = try PseudoTerminal(environment: ["TERM": terminalName])
        _ = try terminal.nextReport()
        _ = terminal.takeOutput()
        terminal.send("N")
        try terminal.wait(for: "\u{07}")
        #expect(!terminal.takeOutput().contains("rejected"))
    }

    @Test("LINES and COLUMNS in the environment do not pin the size")
    func ignoresEnvironmentSize() throws {
        let terminal = try PseudoTerminal(environment: ["LINES": "5", "COLUMNS": "20"])
        #expect(try terminal.nextReport().hasPrefix("ready 40x10"))
    }
}
