import Testing
import TestSupport

@Suite("Starting on a terminal, or not")
struct StartingTests {
    @Test(
        "A terminal type unknown here is taken for the nearest known, and that is said",
        arguments: [
            ("xterm-kitty", "TERM=xterm-kitty is unknown here; using xterm-256color"),
            ("tmux-nonesuch", "TERM=tmux-nonesuch is unknown here; using screen-256color"),
            ("", "TERM is not set; using xterm-256color"),
        ])
    func unknownTerminal(term: String, notice: String) throws {
        let terminal = try PseudoTerminal(environment: ["TERM": term, "TERMINFO_DIRS": "/lib/terminfo"])
        #expect(try terminal.nextReport() == "notice \(notice)")
        #expect(try terminal.nextReport().hasPrefix("ready"))
        try terminal.wait(for: "counter 0")
    }

    @Test("A terminal that cannot place text is refused in one line, untouched")
    func dumbTerminal() throws {
        let terminal = try PseudoTerminal(environment: ["TERM": "dumb"])
        let expected = "error a terminal of type 'dumb' cannot show a screen; set TERM to what the terminal is"
        #expect(try terminal.nextReport() == expected)
        #expect(try terminal.exitCode() == 1)
        #expect(terminal.takeOutput().isEmpty)
    }

    @Test("A stream that is no terminal is named", arguments: [("< /dev/null", "input"), ("> /dev/null", "output"), ("<&-", "input")])
    func notATerminal(redirection: String, stream: String) throws {
        let terminal = try PseudoTerminal(script: "$PROBE \(redirection)")
        #expect(try terminal.nextReport() == "error standard \(stream) is not a terminal")
        #expect(try terminal.exitCode() == 1)
    }

    @Test("At the end the terminal is as it was found")
    func restores() throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        #expect(terminal.modes != terminal.foundModes)
        _ = terminal.takeOutput()
        terminal.send("q")
        #expect(try terminal.nextReport() == "closed")
        #expect(try terminal.exitCode() == 0)
        #expect(terminal.modes == terminal.foundModes)
        let output = terminal.takeOutput()
        #expect(output.contains("\u{1B}[?2004l"))
        #expect(output.contains("\u{1B}[?25h"))
        #expect(output.contains("\u{1B}[?1049l"))
    }
}
