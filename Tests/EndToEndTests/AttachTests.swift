import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("One engine, many screens")
    struct AttachTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator
        private var tokenFile: String { folder.path("token.json") }

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
        }

        private func serve(_ options: String...) async throws -> AttachableEngine {
            try await AttachableEngine(simulator, tokenFile: tokenFile, options)
        }

        /// A screen that finds the engine by its token file.
        private func screen(
            _ options: String..., columns: UInt16 = 120, rows: UInt16 = 36
        ) throws -> ProgramInTerminal {
            try ProgramInTerminal(["--token-file", tokenFile] + options, columns: columns, rows: rows)
        }

        // MARK: What is seen

        @Test("two screens of different sizes show the one that serves: what t does in one is seen in both; q leaves the service alone")
        func twoScreens() async throws {
            try await simulator.writePair(to: tokenFile)
            let engine = try await serve()
            let (wide, small) = (try screen(), try screen(columns: 80, rows: 24))
            for screen in [wide, small] {
                try await screen.shows("attached: serve")
                try await screen.shows("Stue")
            }
            try await wide.shows("attached: \(engine.name)")
            #expect(!engine.log.contains("token renewed"))
            wide.type("t")
            for screen in [wide, small] { try await screen.shows("token renewed") }
            #expect(engine.log.contains("control renewal asked for by uid \(geteuid()), pid \(wide.processID)\n"), "\(engine.log)")
            for screen in [wide, small] {
                screen.type("q")
                #expect(try await screen.exitCode() == 0)
            }
            _ = try await until("both to be missed; \(engine.log)") {
                engine.log.matches(of: /control screen detached by uid/).count == 2 ? true : nil
            }
            #expect(try await HTTP.get("http://127.0.0.1:\(simulator.port)/simulator/requests").status == 200)
            try await screen().shows("attached: \(engine.name)")
        }

        @Test("a token pasted into a screen goes over the socket alone: it is in no log and on no screen, and the others see the sign-in")
        func pastedToken() async throws {
            let engine = try await AttachableEngine(simulator, tokenFile: tokenFile, ["--log-level", "trace"], readings: false)
            let (screen, other) = (try screen(), try screen(columns: 80, rows: 24))
            for screen in [screen, other] { try await screen.shows("NO TOKEN") }
            screen.type("a")
            try await screen.shows("/auth/authorize?key=")
            screen.type("\u{1B}[200~\(simulator.refreshToken)\u{1B}[201~")
            try await screen.shows("•••")
            screen.type("\r")
            try await screen.shows("signed in: the token works until")
            try await other.shows("● VALID")
            try await other.shows("Stue")
            #expect(engine.log.contains("control sign-in pasted by uid \(geteuid()), pid \(screen.processID)\n"), "\(engine.log)")
            let written = String(decoding: screen.output + other.output, as: UTF8.self) + engine.log
            #expect(!written.contains(simulator.refreshToken))
            #expect(!written.contains(simulator.refreshToken.suffix(12)))
        }

        @Test("a screen asks nothing about an unsaved token when it is left: that is the engine's")
        func unsavedToken() async throws {
            let state = folder.path("state")
            try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: false)
            try await simulator.writePair(to: state + "/token.json")
            let engine = try await AttachableEngine(
                simulator, tokenFile: state + "/token.json", ["--socket", folder.path("control.sock")])
            let screen = try ProgramInTerminal(["attach", "--socket", engine.socket])
            try await screen.shows("Stue")
            try FileManager.default.removeItem(atPath: state)
            screen.type("t")
            try await screen.shows("not saved")
            screen.type("q")
            #expect(try await screen.exitCode() == 0)
            #expect(!screen.picture.text.contains("could not be saved"))
        }

        // MARK: When the service is gone for a while

        @Test("a service that is killed leaves its screens with what they know, and is shown again by itself once it is back")
        func killed() async throws {
            try await simulator.writePair(to: tokenFile)
            let first = try await serve()
            let (wide, small) = (try screen(), try screen(columns: 80, rows: 24))
            for screen in [wide, small] { try await screen.shows("Stue") }
            first.process.signal(SIGKILL)
            for screen in [wide, small] {
                try await screen.shows("how long the connection is lost") { $0.text.contains(/lost 0:0\d/) }
                #expect(screen.picture.text.contains("Stue"), "\(screen.picture.text)")
                #expect(screen.picture.text.contains("VALID"), "\(screen.picture.text)")
            }
            try await wide.shows("the whole line") { $0.text.contains(/connection lost 0:\d\d, trying again/) }
            for screen in [wide, small] {
                let countdown = try #require(screen.picture.text.firstMatch(of: /expires in (\d:\d\d:\d\d)/)).1
                try await screen.shows("a countdown that runs on from \(countdown)") { picture in
                    picture.text.contains(/lost 0:\d\d/)
                        && picture.text.firstMatch(of: /expires in (\d:\d\d:\d\d)/).map { $0.1 < countdown } == true
                }
            }
            let second = try await serve()
            try await wide.shows("attached: \(second.name)")
            try await small.shows("attached: serve")
            for screen in [wide, small] { #expect(!screen.picture.text.contains("lost 0:")) }
            #expect(wide.picture.text.contains(/saved \d\d:\d\d:\d\d/), "the token is in the file as it was before")
            // What happens from now on is seen again.
            wide.type("t")
            for screen in [wide, small] { try await screen.shows("token renewed") }
        }

        @Test("a socket that is deleted under a running engine is made again: its screens are back, and new ones find it")
        func deletedSocket() async throws {
            try await simulator.writePair(to: tokenFile)
            let engine = try await serve()
            let first = try screen()
            try await first.shows("Stue")
            unlink(engine.socket)
            _ = try await until("the new one; \(engine.log)") { engine.log.contains("is gone: it is made again") ? true : nil }
            _ = try await until("the screen; \(engine.log)") {
                engine.log.matches(of: /control screen attached/).count == 2 ? true : nil
            }
            first.type("t")
            try await first.shows("token renewed")
            let second = try screen()
            try await second.shows("attached: \(engine.name)")
        }

        @Test("an engine that is stopped, its connections standing, is missed by its screens, and shown again once it goes on")
        func hangingEngine() async throws {
            try await simulator.writePair(to: tokenFile)
            let engine = try await serve()
            let screen = try screen()
            try await screen.shows("Stue")
            engine.process.signal(SIGSTOP)
            let stop = ContinuousClock.now
            _ = try await until("the loss; \(screen.picture.text)", within: .seconds(90), every: .milliseconds(50)) {
                screen.picture.text.contains(/connection lost 0:\d\d, trying again/) ? true : nil
            }
            #expect(ContinuousClock.now - stop > .seconds(14), "two signs of life had not been missed yet")
            #expect(screen.picture.text.contains("Stue"))
            // One who asks it once has an answer in one line.
            let status = try ChildProcess(["status", "--socket", engine.socket])
            #expect(try await status.exitCode() == 1)
            #expect(status.errors == "netatmo-dashboard: \(engine.socket): no whole answer within 5 s\n")
            engine.process.signal(SIGCONT)
            try await screen.shows("attached: \(engine.name)")
            screen.type("t")
            try await screen.shows("token renewed")
        }

        /// A screen that was started from a shell's prompt.
        private func screenInShell() async throws -> ProgramInTerminal {
            let shell = try ProgramInTerminal(
                command: ["/bin/bash", "--norc", "--noprofile", "-i"], environment: ["TERM": "xterm-256color", "PS1": "prompt> "])
            try await shell.shows("prompt>")
            shell.type("'\(try Program.path)' --token-file '\(tokenFile)'\n")
            return shell
        }

        @Test("screens stopped by Ctrl-Z, or whose terminal takes nothing any more, cost the engine nothing, then show the newest state")
        func stopped() async throws {
            try await simulator.writePair(to: tokenFile)
            let engine = try await serve()
            let (stopped, frozen) = (try await screenInShell(), try screen())
            for screen in [stopped, frozen] {
                try await screen.shows("Stue")
                screen.type("l")
                try await screen.shows("control screen attached")
            }
            // As many as are kept: from then on an old one goes for each that comes.
            try engine.makeEvents(500)
            stopped.type("\u{1A}")
            try await stopped.shows("Stopped")
            // Of the other the terminal is not read from here on, as where an SSH connection is frozen.
            let before = try engine.residentMegabytes()
            try engine.makeEvents(1000)
            try engine.post("/v1/renewal")
            _ = try await until("the renewal") { engine.log.contains("token renewed") ? true : nil }
            // What a thousand requests took for the moment is given back once they are over; what is kept for screens would stay.
            try await until("no more than 4 MB beyond the \(before) MB before 1,000 events") {
                try engine.residentMegabytes() - before <= 4 ? () : nil
            }
            #expect(engine.log.matches(of: /failed: sign-in:/).count == 1500)
            let written = stopped.output.count
            stopped.type("fg\n")
            for screen in [stopped, frozen] { try await screen.shows("token renewed: until") }
            try await stopped.shows("attached: \(engine.name)")
            #expect(!String(decoding: stopped.output[written...], as: UTF8.self).contains("lost"))
            // Both are heard at once again.
            for screen in [stopped, frozen] { screen.type("q") }
            #expect(try await frozen.exitCode() == 0)
            try await stopped.shows("the shell") { !$0.text.contains("VALID") && $0.text.contains("prompt>") }
            stopped.type("exit\n")
            #expect(try await stopped.exitCode() == 0)
        }

        // MARK: Finding it

        @Test("attach without an engine is one line that says where it looked, and exit code 1")
        func nothingToAttachTo() async throws {
            let environment = ["HOME": folder.path("home"), "XDG_RUNTIME_DIR": folder.path("run")]
            let process = try ChildProcess(["attach"], environment: environment)
            #expect(try await process.exitCode() == 1)
            let token = folder.path("home") + "/.local/state/netatmo-dashboard/token.json"
            #expect(
                process.errors == """
                    netatmo-dashboard: no engine runs to attach to; looked at the lock of \(token), \
                    \(folder.path("run"))/netatmo-dashboard/control.sock, \(token).sock, /run/netatmo-dashboard/control.sock

                    """)
            let given = try ChildProcess(["attach", "--socket", folder.path("s")], environment: environment)
            #expect(try await given.exitCode() == 1)
            #expect(given.errors == "netatmo-dashboard: no engine runs to attach to; looked at \(folder.path("s"))\n")
        }

        @Test("a second serve on a token file is an error as ever, a second dashboard attaches, with --no-attach it is that error too")
        func second() async throws {
            try await simulator.writePair(to: tokenFile)
            let engine = try await serve()
            let words = "token file \(tokenFile) is in use by process \(engine.process.processID) (127.0.0.1:0); stop that one first"
            let options = simulator.options(tokenFile: tokenFile)
            let serve = try ChildProcess(["serve"] + options, environment: Simulator.environment)
            #expect(try await serve.exitCode() == 1)
            #expect(serve.errors.contains(words), "\(serve.errors)")
            let variables = Simulator.environment.merging(["TERM": "xterm-256color"]) { $1 }
            try await ProgramInTerminal(options, environment: variables).shows("attached: \(engine.name)")
            let refused = try ProgramInTerminal(options + ["--no-attach"], environment: variables, columns: 250)
            #expect(try await refused.exitCode() == 1)
            #expect(refused.picture.text.contains(words), "\(refused.picture.text)")
        }

        @Test("by a token file's path that is relative the engine is found too, and named where it is not wanted")
        func relativePath() async throws {
            try await simulator.writePair(to: tokenFile)
            let options = simulator.options(tokenFile: "token.json")
            let here = ["env", "--chdir", folder.path("")]
            let engine = try await AttachableEngine(simulator, tokenFile: "token.json", by: here)
            #expect(engine.socket == tokenFile + ".sock")
            let second = try ChildProcess(
                executable: here[0], Array(here.dropFirst()) + [try Program.path, "serve"] + options, environment: Simulator.environment)
            #expect(try await second.exitCode() == 1)
            #expect(second.errors.contains("is in use by process \(engine.process.processID)"), "\(second.errors)")
            try await screen().shows("attached: \(engine.name)")
        }

        @Test("status and lines come by the socket, where the exporter's port is not known; nothing is fetched for them")
        func statusAndLines() async throws {
            try await simulator.writePair(to: tokenFile)
            let engine = try await serve()
            let asked = try await simulator.requests().count
            for place in [["--socket", engine.socket], ["--token-file", tokenFile]] {
                let status = try ChildProcess(["status"] + place)
                #expect(try await status.exitCode() == 0, "\(status.errors)")
                #expect(status.output.hasPrefix("Token: VALID, expires in 2 h 59 min, at "), "\(status.output)")
                #expect(status.output.contains("\nStue: temperature "))
            }
            let json = try ChildProcess(["status", "--json", "--socket", engine.socket])
            #expect(try await json.exitCode() == 0)
            #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
            let lines = try ChildProcess(["--plain", "--socket", engine.socket])
            _ = try await until("the lines; \(lines.output)") { lines.output.contains("data ok") ? true : nil }
            #expect(lines.output.contains("attached: \(engine.name)\n"))
            lines.signal(SIGTERM)
            #expect(try await lines.exitCode() == 0)
            // The charts' first day is the engine's own doing.
            #expect(try await simulator.requests().filter { $0 != "measure" }.count == asked)
        }

        @Test("a status by a socket that is named asks no other engine")
        func namedSocket() async throws {
            let status = try ChildProcess(["status", "--socket", folder.path("none.sock")])
            #expect(try await status.exitCode() == 1)
            #expect(status.errors == "netatmo-dashboard: no engine listens at \(folder.path("none.sock"))\n")
        }

        @Test("a dashboard by a named socket where no engine listens says that it runs one of its own, and can be attached to there")
        func namedSocketWithoutEngine() async throws {
            try await simulator.writePair(to: tokenFile)
            let socket = folder.path("none.sock")
            let here = ["env", "--chdir", folder.path("")]
            let command = ["--plain"] + simulator.options(tokenFile: tokenFile) + ["--socket", "none.sock"]
            let lines = try ChildProcess(
                executable: here[0], Array(here.dropFirst()) + [try Program.path] + command, environment: Simulator.environment)
            _ = try await until("the readings; \(lines.output) \(lines.errors)") { lines.output.contains("data ok") ? true : nil }
            let words = "no engine listens at \(socket): this program runs its own, and listens there"
            #expect(lines.output.contains(words), "\(lines.output)")
            try await ProgramInTerminal(["attach", "--socket", socket]).shows("attached: dashboard, pid \(lines.processID)")
            lines.signal(SIGTERM)
            #expect(try await lines.exitCode() == 0)
        }

        @Test("a demo can be attached to by its socket")
        func demo() async throws {
            let socket = folder.path("demo.sock")
            let demo = try ProgramInTerminal(["demo", "--seed", "7", "--socket", socket])
            try await demo.shows("Stue")
            #expect(!demo.picture.text.contains("attached"))
            let screen = try ProgramInTerminal(["--socket", socket])
            try await screen.shows("attached: demo, pid \(demo.processID)")
            try await screen.shows("Stue")
            demo.type("q")
            #expect(try await demo.exitCode() == 0)
            try await screen.shows("connection lost 0:0")
            #expect(!FileManager.default.fileExists(atPath: socket))
        }

        // MARK: Places

        @Test("the socket of a killed engine is replaced by the next one's")
        func deadSocket() async throws {
            try await simulator.writePair(to: tokenFile)
            let first = try await serve()
            first.process.signal(SIGKILL)
            _ = try await first.process.exitCode()
            #expect(FileManager.default.fileExists(atPath: first.socket))
            let nobody = try ChildProcess(["attach", "--token-file", tokenFile])
            #expect(try await nobody.exitCode() == 1)
            #expect(nobody.errors.hasPrefix("netatmo-dashboard: no engine runs to attach to; looked at the lock of \(tokenFile), "))
            let second = try await serve()
            #expect(second.socket == first.socket)
            try await screen().shows("attached: \(second.name)")
            second.process.signal(SIGTERM)
            #expect(try await second.process.exitCode() == 0)
            #expect(!FileManager.default.fileExists(atPath: second.socket))
        }

        @Test("a living engine's socket is left alone: one of another account goes beside its own token file, and both are found")
        func twoEngines() async throws {
            let files = ["a", "b"].map { folder.path("\($0).json") }
            for file in files { try await simulator.writePair(to: file) }
            let environment = ["XDG_RUNTIME_DIR": folder.path("run")]
            try FileManager.default.createDirectory(atPath: folder.path("run"), withIntermediateDirectories: false)
            let first = try await AttachableEngine(simulator, tokenFile: files[0], environment: environment)
            let second = try await AttachableEngine(simulator, tokenFile: files[1], environment: environment)
            #expect(first.socket == folder.path("run") + "/netatmo-dashboard/control.sock")
            #expect(second.socket == files[1] + ".sock")
            let directory = try FileManager.default.attributesOfItem(atPath: folder.path("run") + "/netatmo-dashboard")
            #expect(directory[.posixPermissions] as? Int == 0o700)
            #expect(try FileManager.default.attributesOfItem(atPath: first.socket)[.posixPermissions] as? Int == 0o600)
            for (file, engine) in zip(files, [first, second]) {
                let screen = try ProgramInTerminal(["--token-file", file])
                try await screen.shows("attached: \(engine.name)")
            }
            // Where it is told to go to the first one's place, it does without.
            second.process.signal(SIGTERM)
            #expect(try await second.process.exitCode() == 0)
            let third = try ChildProcess(
                ["serve"] + simulator.options(tokenFile: files[1]) + ["--socket", first.socket], environment: Simulator.environment)
            _ = try await until("the warning; \(third.errors)") {
                third.errors.contains("control socket \(first.socket): can't listen where another engine does") ? true : nil
            }
            try await ProgramInTerminal(["attach", "--socket", first.socket]).shows("attached: \(first.name)")
        }

        @Test(
            "a place that no socket can be had at is a warning, and the exporter serves",
            arguments: [
                ("/proc/none/control.sock", "can't make its directory: No such file or directory"),
                ("/nowhere/none/control.sock", "can't make its directory, since that above it is not there: No such file or directory"),
                ("/dev/null/control.sock", "can't make it in its directory: Not a directory"),
            ])
        func noPlace(_ path: String, _ words: String) async throws {
            try await expectServing(
                ["--socket", path], tokenFile: tokenFile, warning: "control socket \(path): \(words); --socket gives another place\n")
        }

        @Test("where the only place there is has too long a path that is a warning, and the exporter serves")
        func longPath() async throws {
            let directory = folder.path(String(repeating: "d", count: 80))
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
            try await expectServing(
                [], tokenFile: directory + "/token.json",
                warning: "control socket \(directory)/token.json.sock: can't use a path of more than 107 bytes: File name too long; ")
        }

        private func expectServing(_ options: [String], tokenFile: String, warning: String) async throws {
            try await simulator.writePair(to: tokenFile)
            let process = try ChildProcess(
                ["serve"] + simulator.options(tokenFile: tokenFile) + options, environment: Simulator.environment)
            _ = try await until("the readings; \(process.errors)") { process.errors.contains("data ok") ? true : nil }
            #expect(process.errors.contains(warning), "\(process.errors)")
            let port = try #require(process.errors.firstMatch(of: /exporter started: 127\.0\.0\.1:(\d+)/)).1
            #expect(try await HTTP.get("http://127.0.0.1:\(port)/metrics").body.contains("netatmo_up 1\n"))
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0)
        }

        // MARK: What is no engine of this release

        @Test("an engine of another version is one line that says which is which, and exit code 1", arguments: [["attach"], ["--plain"]])
        func otherVersion(_ command: [String]) async throws {
            let socket = folder.path("s")
            let fake = try await FakeEngine(at: socket, answering: #"{"version":99,"engine":{"build":{"version":"9.9.9"}}}"#)
            let screen = try ProgramInTerminal(command + ["--socket", socket], columns: 200)
            #expect(try await screen.exitCode() == 1)
            let said = screen.picture.text.split(separator: "\n").filter { $0.contains(/\S/) }
            #expect(said.count == 1)
            let words = /^netatmo-dashboard: the engine is netatmo-dashboard 9\.9\.9, this is \d+\.\d+\.\d+: restart the one that is older/
            #expect(said[0].contains(words))
            _ = fake
        }

        @Test("a socket in a directory that any user may change is refused, and nothing is sent to it", arguments: [0o777, 0o775, 0o757])
        func openDirectory(_ mode: Int) async throws {
            let directory = folder.path("open")
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
            chmod(directory, mode_t(mode))
            let fake = try await FakeEngine(at: directory + "/s")
            for command in [["attach"], ["status"], ["--plain"]] {
                let process = try ChildProcess(command + ["--socket", directory + "/s"])
                #expect(try await process.exitCode() == 1)
                let words = "lies in a directory that other users may change: nothing is sent to it"
                #expect(process.errors == "netatmo-dashboard: \(directory)/s \(words)\n")
            }
            #expect(try await fake.received(3) == Array(repeating: "got 0 bytes", count: 3))
        }
    }
}
