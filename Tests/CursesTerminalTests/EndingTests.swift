import Glibc
import Testing
import TestSupport

@Suite("Terminals that vanish, and programs that crash or stop")
struct EndingTests {
    @Test("When the terminal vanishes the events end", arguments: [false, true])
    func hangUp(ignoresSignal: Bool) throws {
        let terminal = ignoresSignal ? try PseudoTerminal(script: "trap '' HUP; exec $PROBE") : try PseudoTerminal()
        _ = try terminal.nextReport()
        terminal.hangUp()
        #expect(try terminal.nextReport() == "hangUp")
        #expect(try terminal.nextReport() == "closed")
        // The kernel tells those who read before it sends the signal: it may find a session that is closed, and ends the probe then,
        // which takes none itself.
        let code = try terminal.exitCode()
        #expect(code == 0 || code == -Int(SIGHUP) && !ignoresSignal, "\(code)")
    }

    @Test("After the terminal vanished the program does not spin")
    func noSpin() throws {
        let terminal = try PseudoTerminal(["--linger"])
        _ = try terminal.nextReport()
        terminal.hangUp()
        #expect(try terminal.nextReport() == "hangUp")
        let report = try terminal.nextReport()
        let milliseconds = Int(report.split(separator: " ").last ?? "")
        #expect(try #require(milliseconds) < 100, "a spin takes all of 300 ms")
    }

    @Test("When the input ends without a hang-up the events end too")
    func endOfInput() throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        // Another program on the terminal has it hand over lines again, in which Ctrl-D is the end of the file.
        var modes = termios()
        try #require(tcgetattr(terminal.descriptor, &modes) == 0)
        modes.c_lflag |= tcflag_t(ICANON)
        try #require(tcsetattr(terminal.descriptor, TCSANOW, &modes) == 0)
        terminal.send("\u{04}\u{04}\u{04}")
        #expect(try terminal.nextReport() == "hangUp")
        #expect(try terminal.nextReport() == "closed")
        #expect(try terminal.exitCode() == 0)
    }

    @Test("SIGTSTP that is ignored on purpose stops nothing, and neither does Ctrl-Z then")
    func ignoredStop() throws {
        let terminal = try PseudoTerminal(script: "exec env --ignore-signal=TSTP $PROBE")
        _ = try terminal.nextReport()
        kill(terminal.child, SIGTSTP)
        terminal.send("+")
        #expect(try terminal.nextReport() == #"key character("+")"#)
        terminal.send("\u{1A}")
        #expect(try terminal.nextReport() == #"key control("z")"#)
        terminal.send("+")
        #expect(try terminal.nextReport() == #"key character("+")"#)
        #expect(!terminal.modes.echoes)
        terminal.send("q")
        #expect(try terminal.nextReport() == "closed")
        #expect(try terminal.exitCode() == 0)
    }

    @Test("A crash gives the terminal back", arguments: [("S", SIGSEGV), ("A", SIGABRT), ("T", SIGILL), ("\u{1C}", SIGQUIT)])
    func crash(key: String, signal: CInt) throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        _ = terminal.takeOutput()
        terminal.send(key)
        #expect(try terminal.exitCode() == -Int(signal))
        #expect(terminal.modes == terminal.foundModes)
        let output = terminal.takeOutput()
        #expect(output.contains("\u{1B}[?2004l"))
        #expect(output.contains("\u{1B}[?25h"))
        #expect(output.contains("\u{1B}[?1049l"))
    }

    /// All that end a program by default, but for SIGKILL, SIGINT and SIGTERM, and SIGHUP, which arrives as an event.
    private static let deadly: [CInt] =
        [SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSTKFLT, SIGSYS, SIGPIPE, SIGTRAP]
        + [34, 37, 64]

    @Test("A signal that nobody takes gives the terminal back before it ends the program", arguments: deadly)
    func deadlySignal(signal: CInt) throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        _ = terminal.takeOutput()
        kill(terminal.child, signal)
        #expect(try terminal.exitCode() == -Int(signal))
        #expect(terminal.modes == terminal.foundModes)
        #expect(terminal.takeOutput().contains("\u{1B}[?1049l"))
    }

    @Test("A signal that was ignored on purpose stays ignored", arguments: [SIGHUP, SIGTSTP, SIGQUIT, SIGUSR1, SIGXCPU])
    func ignoredSignal(signal: CInt) throws {
        // Not by trap: a shell with job control gives SIGTSTP its default back before it starts a program.
        let terminal = try PseudoTerminal(script: "exec env --ignore-signal=\(signal) $PROBE")
        _ = try terminal.nextReport()
        kill(terminal.child, signal)
        // Whatever the signal did came before this.
        terminal.send("+")
        let report = try terminal.nextReport()
        #expect(report == #"key character("+")"#)
        #expect(!terminal.modes.echoes, "the screen is still there")
        terminal.send("q")
        #expect(try terminal.nextReport() == "closed")
    }

    @Test("Swift's own report of a crash comes after the terminal was given back")
    func backtrace() throws {
        let terminal = try PseudoTerminal(environment: ["SWIFT_BACKTRACE": "enable=yes,interactive=no,color=no,symbolicate=off"])
        _ = try terminal.nextReport()
        terminal.send("T")
        try terminal.wait(for: "\u{1B}[?1049l")
        try terminal.wait(for: "rogram crashed")
        _ = try terminal.exitCode()
    }

    @Test("exit gives the terminal back")
    func exits() throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        terminal.send("E")
        #expect(try terminal.exitCode() == 3)
        #expect(terminal.modes == terminal.foundModes)
        try terminal.wait(for: "\u{1B}[?1049l")
    }

    @Test("Ctrl-C is SIGINT, and nothing of ncurses answers it")
    func interrupt() throws {
        let terminal = try PseudoTerminal()
        _ = try terminal.nextReport()
        terminal.send("\u{03}")
        #expect(try terminal.exitCode() == -Int(SIGINT))
    }

    @Test("Ctrl-Z stops the whole job on a sane terminal, and fg brings it back in the new size")
    func suspend() throws {
        let script = #"sh -c '$PROBE; true'; echo STOPPED; read line; fg; echo DONE"#
        let terminal = try PseudoTerminal(script: script)
        _ = try terminal.nextReport()
        _ = terminal.takeOutput()
        terminal.send("\u{1A}")
        let leaving = try terminal.wait(for: "STOPPED")
        #expect(leaving.contains("\u{1B}[?1049l"))
        #expect(leaving.contains("\u{1B}[?2004l"))
        #expect(terminal.modes.echoes)
        terminal.resize(columns: 50, rows: 11)
        terminal.send("\n")
        #expect(try terminal.nextReport() == #"key control("z")"#)
        #expect(try terminal.nextReport() == "resize 50x11")
        #expect(try terminal.nextReport() == "resumed")
        let back = terminal.takeOutput()
        #expect(back.contains("\u{1B}[?1049h"))
        #expect(back.contains("\u{1B}[?2004h"))
        #expect(back.contains("counter 0"))
        #expect(!terminal.modes.echoes)
        terminal.send("q")
        try terminal.wait(for: "DONE")
    }

    @Test("Reports of drags end with a stop, come back behind those of clicks, and end with the program")
    func drags() throws {
        let script = #"sh -c '$PROBE --mouse; true'; echo STOPPED; read line; fg; echo DONE"#
        let terminal = try PseudoTerminal(script: script)
        _ = try terminal.nextReport()
        _ = terminal.takeOutput()
        terminal.send("\u{1A}")
        #expect(try terminal.wait(for: "STOPPED").contains("\u{1B}[?1002l"))
        terminal.send("\n")
        #expect(try terminal.nextReport() == #"key control("z")"#)
        #expect(try terminal.nextReport() == "resumed")
        let back = terminal.takeOutput()
        let clicks = try #require(back.firstRange(of: "\u{1B}[?1006;1000h"))
        #expect(back[clicks.upperBound...].contains("\u{1B}[?1002h"))
        terminal.send("q")
        #expect(try terminal.wait(for: "DONE").contains("\u{1B}[?1002l"))
    }

    @Test("SIGTSTP from somebody else stops it just as well, and SIGSTOP cannot hurt")
    func stopFromOutside() throws {
        let script = #"$PROBE; for turn in 1 2; do echo STOPPED; read line; fg; done; echo DONE"#
        let terminal = try PseudoTerminal(script: script)
        _ = try terminal.nextReport()
        for signal in [SIGTSTP, SIGSTOP] {
            _ = terminal.takeOutput()
            let group = tcgetpgrp(terminal.descriptor)
            #expect(group > 0 && group != terminal.child)
            kill(group, signal)
            try terminal.wait(for: "STOPPED")
            #expect(terminal.modes.echoes || signal == SIGSTOP)
            terminal.send("\n")
            #expect(try terminal.nextReport() == "resumed")
            #expect(terminal.takeOutput().contains("counter 0"))
            #expect(!terminal.modes.echoes)
        }
        terminal.send("q")
        try terminal.wait(for: "DONE")
    }
}
