import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("In a terminal of the test's own")
    struct PseudoTerminalTests {
        private static let demo = ["demo", "--seed", "7"]

        // MARK: Types of terminals

        @Test(
            "shows the token's state on each type of terminal, and q leaves nothing behind",
            arguments: ["xterm", "xterm-256color", "screen", "tmux-256color", "linux", "vt100", "no-such-terminal", nil] as [String?]
        )
        func terminalType(_ name: String?) async throws {
            let program = try ProgramInTerminal(Self.demo, environment: name.map { ["TERM": $0] } ?? [:])
            let isKnown = name != nil && name != "no-such-terminal"
            // What is not as it should be is said where the keys are named otherwise.
            try await showsDashboard(program, foot: isKnown ? "Quit" : "using xterm-256color")
            #expect(program.modes != program.foundModes)
            let used = program.picture.usedModes
            #expect(used.contains(2004))
            #expect(used.contains(1049) == !["linux", "vt100"].contains(name), "those have no other screen")
            #expect(used.contains(1000) == (name != "vt100"), "that one knows of no mouse")
            try await endsByKey(program)
        }

        @Test("leaves the meta key as it found it", arguments: ["xterm", "xterm-256color"])
        func metaKey(_ name: String) async throws {
            let program = try ProgramInTerminal(Self.demo, environment: ["TERM": name])
            try await showsDashboard(program)
            program.type("q")
            #expect(try await program.exitCode() == 0)
            #expect(!program.picture.modes.contains(1034))
        }

        @Test("is one line and exit code 1 on a terminal that can't place text, which stays untouched")
        func dumbTerminal() async throws {
            let program = try ProgramInTerminal(Self.demo, environment: ["TERM": "dumb"])
            #expect(try await program.exitCode() == 1)
            let output = String(decoding: program.output, as: UTF8.self)
            #expect(output.wholeMatch(of: /netatmo-dashboard: [^\r\n\e]*'dumb'[^\r\n\e]*\r\n/) != nil, "\(output)")
            #expect(program.modes == program.foundModes)
        }

        // MARK: Sizes

        @Test("outlives a storm of sizes, and fills each that lasts")
        func resizeStorm() async throws {
            let program = try ProgramInTerminal(Self.demo)
            try await showsDashboard(program)
            var generator = SeededGenerator(seed: 40_010)
            for turn in 1...200 {
                let isTiny = turn.isMultiple(of: 10)
                let columns = UInt16.random(in: isTiny ? 1...39 : 40...500, using: &generator)
                let rows = UInt16.random(in: isTiny ? 1...9 : 10...200, using: &generator)
                program.resize(columns: columns, rows: rows)
                // Most sizes come while the one before is still being drawn.
                if turn.isMultiple(of: 13) { try await fills(program, columns, rows) }
            }
            for (columns, rows) in [(1, 1), (500, 200), (40, 10), (39, 10), (40, 9), (2, 60), (200, 1), (100, 30)] as [(UInt16, UInt16)] {
                program.resize(columns: columns, rows: rows)
                try await fills(program, columns, rows)
            }
            try await endsByKey(program)
        }

        /// Waits until the screen is as it should be at this size.
        private func fills(_ program: ProgramInTerminal, _ columns: UInt16, _ rows: UInt16) async throws {
            if columns >= 40 && rows >= 10 {
                try await program.shows("the dashboard at \(columns)x\(rows)") {
                    $0.isFilled && $0.text.contains("VALID") && $0.lines.last?.contains("Quit") == true
                }
            } else if columns >= 12 {
                try await program.shows("what size is needed at \(columns)x\(rows)") { !$0.isUnpainted && $0.text.contains("Needs 40x10") }
            } else {
                try await program.shows("nothing of before at \(columns)x\(rows)") { !$0.isUnpainted }
            }
        }

        // MARK: Signals

        @Test(
            "ends with 0 where a signal asks for it, else with 128 and the signal, with the terminal given back and the token saved",
            arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGXCPU, SIGVTALRM, SIGSTKFLT]
        )
        func signal(_ number: Int32) async throws {
            let code = number == SIGTERM || number == SIGINT ? 0 : 128 + Int(number)
            let dashboard = try await SimulatedDashboard()
            try await dashboard.isSaved()
            let saved = try dashboard.takeTokenFile()
            dashboard.program.signal(number)
            #expect(try await dashboard.program.exitCode() == code)
            #expect(dashboard.savedToken == saved)
            expectGivenBack(dashboard.program)
        }

        @Test(
            "ends in order on SIGQUIT, whichever thread it comes to, and whether or not crashes are reported",
            arguments: ["enable=no", "enable=yes,interactive=no"]
        )
        func quitSignal(_ backtrace: String) async throws {
            let dashboard = try await SimulatedDashboard(environment: ["SWIFT_BACKTRACE": backtrace])
            try await dashboard.isSaved()
            let saved = try dashboard.takeTokenFile()
            // The first thread is the one that has not blocked it.
            #expect(dashboard.program.signalFirstThread(SIGQUIT))
            #expect(try await dashboard.program.exitCode() == 128 + Int(SIGQUIT))
            #expect(dashboard.savedToken == saved)
            expectGivenBack(dashboard.program)
        }

        @Test("goes on where a signal is ignored on purpose")
        func ignoredSignals() async throws {
            let dashboard = try await SimulatedDashboard(shell: "trap '' QUIT USR1; exec")
            for number in [SIGQUIT, SIGUSR1] { #expect(dashboard.program.signalFirstThread(number)) }
            dashboard.program.type("?")
            try await dashboard.program.shows("In the main view")
            #expect(dashboard.program.modes != dashboard.program.foundModes)
            #expect(dashboard.program.picture.departures == 0)
            try await endsByKey(dashboard.program)
        }

        @Test("Ctrl-C and Ctrl-\\ are the signals", arguments: [("\u{03}", 0), ("\u{1C}", 128 + Int(SIGQUIT))])
        func signalKey(_ key: String, _ code: Int) async throws {
            let program = try ProgramInTerminal(Self.demo)
            try await showsDashboard(program)
            program.type(key)
            #expect(try await program.exitCode() == code)
            expectGivenBack(program)
        }

        // MARK: A flood of keys

        @Test("100 kB of keys are taken, then q ends it; with a frame for each of them that took minutes")
        func keys() async throws {
            let dashboard = try await SimulatedDashboard()
            try await dashboard.isSaved()
            try await dashboard.program.flood(String(repeating: "jk", count: 50_000) + "q")
            #expect(try await dashboard.program.exitCode() == 0)
            expectGivenBack(dashboard.program)
        }

        // MARK: A terminal that vanishes

        @Test("ends by itself with 129 where the terminal was closed, also if SIGHUP is ignored", arguments: ["exec", "trap '' HUP; exec"])
        func closedTerminal(_ start: String) async throws {
            let dashboard = try await SimulatedDashboard(shell: start)
            try await dashboard.isSaved()
            let saved = try dashboard.takeTokenFile()
            let before = try dashboard.program.processorTime()
            dashboard.program.hangUp()
            let after = try await until("its end", every: .milliseconds(10)) {
                try dashboard.program.state() == "Z" ? dashboard.program.processorTime() : nil
            }
            #expect(after - before < .milliseconds(500))
            #expect(try await dashboard.program.exitCode() == 128 + Int(SIGHUP))
            #expect(dashboard.savedToken == saved)
        }

        @Test("does not spin while it waits for an answer of NetAtmo's with the terminal closed")
        func closedWhileRenewing() async throws {
            let folder = try TemporaryFolder()
            let errors = folder.path("errors")
            let dashboard = try await SimulatedDashboard(
                shell: "exec 2>'\(errors)'; exec", fault: #"{"fault":"hang","on":"token","times":1}"#)
            let before = try dashboard.program.processorTime()
            dashboard.program.hangUp()
            // On a thread of its own: where other tests keep all threads busy, a task sleeps for half a minute in place of two seconds,
            // and by then the program has given the answer up and ended.
            let view = dashboard.program.kernelView
            let (state, used) = try await onOwnThread {
                sleep(2)
                return (try view.state(), try view.processorTime() - before)
            }
            #expect(state != "Z")
            #expect(used < .milliseconds(500))
            dashboard.simulator.process.signal(SIGKILL)
            let code = try await dashboard.program.exitCode()
            #expect(code == 128 + Int(SIGHUP), "\((try? String(contentsOfFile: errors, encoding: .utf8)) ?? "")")
        }

        // MARK: Stopped and brought back

        @Test("fills the new size after Ctrl-Z, a change of size and fg")
        func suspended() async throws {
            let shell = ["/bin/bash", "--norc", "--noprofile", "-i"]
            let program = try ProgramInTerminal(command: shell, environment: ["TERM": "xterm-256color", "PS1": "prompt> "])
            try await program.shows("prompt>")
            program.type("'\(try Program.path)' demo --seed 7\n")
            try await showsDashboard(program)
            for (columns, rows) in [(90, 28), (140, 45)] as [(UInt16, UInt16)] {
                program.type("\u{1A}")
                try await program.shows("Stopped")
                #expect(!program.picture.text.contains("VALID"))
                #expect(program.picture.modes.isDisjoint(with: [1000, 1006]))
                program.resize(columns: columns, rows: rows)
                program.type("fg\n")
                try await fills(program, columns, rows)
                #expect(program.picture.modes.isSuperset(of: [1000, 1006, 2004]))
            }
            program.type("q")
            try await program.shows("the shell") { !$0.text.contains("VALID") && $0.text.contains("prompt>") }
            program.type("echo code=$?\n")
            try await program.shows("code=0")
            program.type("exit\n")
            #expect(try await program.exitCode() == 0)
            expectGivenBack(program)
        }

        @Test("comes back by itself from Ctrl-Z where no shell would bring it back")
        func suspendedAlone() async throws {
            let program = try ProgramInTerminal(Self.demo)
            try await showsDashboard(program)
            program.type("\u{1A}")
            try await program.shows("the dashboard once more") { $0.departures > 0 && $0.modes.contains(2004) && $0.text.contains("VALID") }
            try await endsByKey(program)
        }

        @Test("fills the new size after a stop that came without a warning")
        func stopped() async throws {
            let program = try ProgramInTerminal(Self.demo)
            try await showsDashboard(program)
            program.signal(SIGSTOP)
            _ = try await until("it to stop") { try program.state() == "T" ? true : nil }
            program.resize(columns: 60, rows: 20)
            program.signal(SIGCONT)
            try await fills(program, 60, 20)
            try await endsByKey(program)
        }

        // MARK: How it is drawn

        @Test(
            "has no colour where none is wanted", arguments: [([], nil), (["--no-color"], nil), ([], "1")] as [([String], String?)]
        )
        func colour(_ options: [String], _ noColor: String?) async throws {
            var environment = ["TERM": "xterm-256color"]
            environment["NO_COLOR"] = noColor
            let program = try ProgramInTerminal(Self.demo + options, environment: environment)
            try await showsDashboard(program)
            program.type("?")
            try await program.shows("In the main view")
            program.type("q")
            #expect(try await program.exitCode() == 0)
            #expect(program.picture.usesColour == (options.isEmpty && noColor == nil))
        }

        @Test("leaves the mouse to the terminal where that is wanted")
        func mouse() async throws {
            let program = try ProgramInTerminal(Self.demo + ["--no-mouse"])
            try await showsDashboard(program)
            program.type("q")
            #expect(try await program.exitCode() == 0)
            #expect(program.picture.usedModes.isDisjoint(with: [9, 1000, 1001, 1002, 1003, 1005, 1006, 1015, 1016]))
            expectGivenBack(program)
        }

        @Test("writes bytes of ASCII alone where the locale knows no more")
        func locale() async throws {
            let program = try ProgramInTerminal(Self.demo, environment: ["TERM": "xterm-256color", "LC_ALL": "C"])
            try await showsDashboard(program)
            program.type("?")
            try await program.shows("In the main view")
            program.type("q")
            #expect(try await program.exitCode() == 0)
            #expect(program.output.allSatisfy { $0 < 0x80 })
        }

        @Test("rests while nothing happens")
        func rest() async throws {
            let program = try ProgramInTerminal(Self.demo)
            try await showsDashboard(program)
            // What it does first, the pasts of its charts among it, is over at some time; what spins never rests.
            var before = try program.processorTime()
            var start = ContinuousClock.now
            _ = try await until("three seconds with less than half a second of the processor", every: .milliseconds(20)) { () -> Bool? in
                // What it writes is taken meanwhile, as a terminal does.
                _ = program.picture
                let length = ContinuousClock.now - start
                guard length >= .seconds(3) else { return nil }
                // Where other tests keep all threads busy, it has been more than three seconds.
                let now = try program.processorTime()
                defer { (before, start) = (now, .now) }
                return (now - before) / length < 1.0 / 6 ? true : nil
            }
        }

        // MARK: What they share

        private func showsDashboard(_ program: ProgramInTerminal, foot: String = "Quit") async throws {
            try await program.shows("the dashboard with \(foot)") { picture in
                ["VALID", "Token", "Readings"].allSatisfy(picture.text.contains) && picture.lines.last?.contains(foot) == true
            }
        }

        /// Quits, and expects the terminal back.
        private func endsByKey(_ program: ProgramInTerminal) async throws {
            program.type("q")
            #expect(try await program.exitCode() == 0)
            expectGivenBack(program)
        }

        /// Expects of a program that ended that the terminal is as it was found, with nothing of the dashboard on the normal screen.
        private func expectGivenBack(_ program: ProgramInTerminal) {
            let picture = program.picture
            #expect(program.modes == program.foundModes)
            #expect(picture.leftovers == [])
            #expect(picture.unknown == [])
            if picture.usedModes.contains(1049) { #expect(!picture.text.contains("VALID"), "\(picture.text)") }
        }
    }

    /// The dashboard on a simulated NetAtmo, with its token file in a folder of the test's own.
    private final class SimulatedDashboard {
        let simulator: Simulator
        let program: ProgramInTerminal
        private let folder: TemporaryFolder
        private var tokenFile: String { folder.path("token.json") }

        /// Starts it, and waits until it shows that it has a token, or with a fault, that it tries to get one.
        ///
        /// - Parameters:
        ///   - shell: What starts it.
        ///   - environment: What is added to the tests' own.
        ///   - fault: What goes wrong at NetAtmo.
        init(shell: String = "exec", environment: [String: String] = [:], fault: String? = nil) async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
            if let fault { #expect(try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/faults", form: fault).status < 300) }
            let file = folder.path("token.json")
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: file, atomically: false, encoding: .utf8)
            let options = simulator.options(tokenFile: file).map { "'\($0)'" }.joined(separator: " ")
            program = try ProgramInTerminal(
                command: ["/bin/bash", "-c", "\(shell) '\(try Program.path)' \(options)"],
                environment: Simulator.environment.merging(["TERM": "xterm-256color"]) { $1 }.merging(environment) { $1 }
            )
            try await program.shows(fault == nil ? "VALID" : "RENEWING")
        }

        /// Waits until the token that it shows is in the file.
        func isSaved() async throws {
            _ = try await until("the token to be saved", every: .milliseconds(10)) {
                // A terminal that nobody reads holds the program back in the middle of a frame.
                _ = program.picture
                return savedToken.map { String(decoding: $0, as: UTF8.self).contains("access_token") } == true ? true : nil
            }
        }

        /// What is in the token file, which is removed.
        func takeTokenFile() throws -> Data {
            let saved = try #require(savedToken)
            try FileManager.default.removeItem(atPath: tokenFile)
            return saved
        }

        var savedToken: Data? { FileManager.default.contents(atPath: tokenFile) }
    }
}
