import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("The dashboard as lines")
    struct PlainTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator
        private var tokenFile: String { folder.path("token.json") }

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
        }

        private func writeRefreshToken() throws {
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
        }

        private var environment: [String: String] {
            Simulator.environment.merging(["XDG_STATE_HOME": folder.path("state")]) { $1 }
        }

        private func plain(_ more: String...) throws -> ChildProcess {
            try ChildProcess(["--plain"] + simulator.options(tokenFile: tokenFile) + more, environment: environment)
        }

        @Test("needs no terminal, and tells the token, each event and each module")
        func follows() async throws {
            try writeRefreshToken()
            let process = try plain()
            let text = try await until("the modules and the fetch") { process.output.contains("data ok") ? process.output : nil }
            #expect(text.contains(" token renewed: until "))
            #expect(text.contains(" Token: VALID, expires in 2 h 59 min, at "))
            #expect(text.contains(" data ok: 8 modules "))
            #expect(text.contains(" Fjord, Stue: temperature "))
            #expect(!text.contains("\u{1B}"))
            #expect(!text.contains(simulator.refreshToken))
            #expect(process.errors.isEmpty)
        }

        @Test(
            "ends with 0 where a signal asks for it, else with 128 and the signal, and saves the token either way",
            arguments: [(SIGTERM, 0), (SIGINT, 0), (SIGHUP, 128 + SIGHUP), (SIGQUIT, 128 + SIGQUIT), (SIGUSR1, 128 + SIGUSR1)]
                as [(Int32, Int32)]
        )
        func ends(_ signal: Int32, _ code: Int32) async throws {
            try writeRefreshToken()
            let process = try plain()
            _ = try await until("the readings") { process.output.contains("data ok") ? true : nil }
            let saved = try #require(FileManager.default.contents(atPath: tokenFile))
            try FileManager.default.removeItem(atPath: tokenFile)
            process.signal(signal)
            #expect(try await process.exitCode() == code)
            #expect(FileManager.default.contents(atPath: tokenFile) == saved)
        }

        @Test("without a token gives an address to sign in with, which works")
        func signIn() async throws {
            let process = try plain()
            let address = try await until("the address") { process.output.firstMatch(of: /sign in: open (\S+) \(good once/)?.1 }
            let answer = try await HTTP.press(addressWithKey: String(address))
            #expect(answer.status == 302)
            #expect(answer.location?.hasPrefix("http://127.0.0.1:\(simulator.port)/oauth2/authorize") == true)
        }

        @Test("ends with the code of a closed pipe where nobody reads it any more, and saves the token")
        func closedPipe() async throws {
            try writeRefreshToken()
            let program = try Program.path
            let options = simulator.options(tokenFile: tokenFile).map { "'\($0)'" }.joined(separator: " ")
            let script = "{ '\(program)' --plain \(options); echo \"code $?\" >&2; } | head -n 3 >/dev/null"
            let shell = try ChildProcess(executable: "/bin/bash", ["-c", script], environment: environment)
            #expect(try await shell.exitCode() == 0)
            #expect(shell.errors.hasSuffix("code \(128 + SIGPIPE)\n"))
            #expect(try String(contentsOfFile: tokenFile, encoding: .utf8).contains("access_token"))
        }

        @Test("ends at once on a signal also where its reader has stopped to read")
        func stalledReader() async throws {
            try writeRefreshToken()
            let program = try Program.path
            let options = simulator.options(tokenFile: tokenFile).map { "'\($0)'" }.joined(separator: " ")
            // What fills the pipe goes before, so that the first line finds no room.
            let script = """
                exec 3> >(exec 2>/dev/null; read -r; sleep 60)
                head -c 65536 /dev/zero >&3
                '\(program)' --plain \(options) >&3 & child=$!
                until grep -q access_token '\(tokenFile)'; do sleep 0.05; done
                kill -TERM $child; wait $child; echo "code $?" >&2
                """
            let shell = try ChildProcess(executable: "/bin/bash", ["-c", script], environment: environment)
            _ = try await until("its end; \(shell.errors)") { shell.errors.contains("code 0") ? true : nil }
        }

        @Test("with a way to call somebody is refused in one line, and exit code 64")
        func notify() async throws {
            let process = try plain("--notify", "bell")
            #expect(try await process.exitCode() == 64)
            #expect(process.errors == "netatmo-dashboard: --notify: expected off with --plain, which appends lines and calls nobody\n")
            #expect(process.output.isEmpty)
        }

        @Test("where the disk is full is one line, and exit code 1")
        func fullDisk() async throws {
            try writeRefreshToken()
            let options = simulator.options(tokenFile: tokenFile).map { "'\($0)'" }.joined(separator: " ")
            let script = "'\(try Program.path)' --plain \(options) >/dev/full"
            let shell = try ChildProcess(executable: "/bin/bash", ["-c", script], environment: environment)
            #expect(try await shell.exitCode() == 1)
            #expect(shell.errors.hasSuffix("netatmo-dashboard: standard output: can't write: No space left on device\n"))
        }
    }
}
