import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("The terminal is given back")
    struct TerminalTests {
        /// A shell that starts the demo, notes its process, and says how it ended and whether the terminal echoes again.
        private func demo() throws -> (tmux: Tmux, folder: TemporaryFolder) {
            let folder = try TemporaryFolder()
            let script = """
                '\(try Program.path)' demo --seed 7 &
                echo $! > '\(folder.path("pid"))'
                fg >/dev/null
                echo "exit code $?"
                stty -a | grep -o -E -- ' -?(echo|icanon)\\b' | tr '\\n' ' '
                """
            return (try Tmux("set -m\n\(script)"), folder)
        }

        private func processID(_ folder: TemporaryFolder) async throws -> Int32 {
            try await until("the process to be noted") {
                (try? String(contentsOfFile: folder.path("pid"), encoding: .utf8)).flatMap { Int32($0.trimmingCharacters(in: .newlines)) }
            }
        }

        @Test("when a signal asks to stop, with exit code 0", arguments: [SIGTERM, SIGINT])
        func signal(_ number: Int32) async throws {
            let (tmux, folder) = try demo()
            let process = try await processID(folder)
            try await tmux.waits(for: "data  ok")
            kill(process, number)
            let screen = try await tmux.waits(for: "icanon")
            #expect(screen.contains("exit code 0"))
            #expect(screen.contains(" echo"))
            #expect(!screen.contains("-icanon"))
            #expect(!screen.contains("● VALID"))
        }

        @Test("when Ctrl-C is pressed, with exit code 0")
        func interrupt() async throws {
            let (tmux, _) = try demo()
            try await tmux.waits(for: "data  ok")
            try tmux.press("C-c")
            let screen = try await tmux.waits(for: "icanon")
            #expect(screen.contains("exit code 0"))
        }

        @Test("when it crashes", arguments: [SIGSEGV, SIGABRT, SIGILL])
        func crash(_ number: Int32) async throws {
            let (tmux, folder) = try demo()
            let process = try await processID(folder)
            try await tmux.waits(for: "data  ok")
            kill(process, number)
            let screen = try await tmux.waits(for: "icanon")
            #expect(screen.contains("exit code \(128 + number)"))
            #expect(screen.contains(" echo"))
            #expect(!screen.contains("-icanon"))
            #expect(!screen.contains("● VALID"), "the normal screen is back")
        }

        @Test("while it is suspended, and taken again by fg")
        func suspend() async throws {
            let (tmux, _) = try demo()
            try await tmux.waits(for: "data  ok")
            try tmux.press("C-z")
            let suspended = try await tmux.waits(for: "exit code 148")
            #expect(!suspended.contains("● VALID"))
        }

        @Test("to nobody where the terminal vanished: the program saves and ends")
        func hangUp() async throws {
            let (tmux, folder) = try demo()
            let process = try await processID(folder)
            try await tmux.waits(for: "data  ok")
            try tmux.closeTerminal()
            _ = try await until("the program to end") { kill(process, 0) == 0 ? nil : true }
        }
    }

    @Suite("Suspended and brought back")
    struct JobControlTests {
        @Test("Ctrl-Z gives the shell back, fg the dashboard")
        func foreground() async throws {
            let tmux = try Tmux("exec env PS1='$ ' bash --norc --noprofile -i")
            try await tmux.waits(for: "$")
            try tmux.press("'\(try Program.path)' demo --seed 7", "Enter")
            try await tmux.waits(for: "data  ok")
            try tmux.press("C-z")
            try await tmux.waits(for: "Stopped")
            try tmux.press("fg", "Enter")
            try await tmux.waits(for: "● VALID")
            try tmux.press("q")
            try await tmux.waits(forNo: "● VALID")
            try tmux.press("echo code=$?", "Enter")
            try await tmux.waits(for: "code=0")
        }
    }
}
