import Foundation
import Glibc
import Testing
import TestSupport

extension EndToEndSurroundings {
    @Suite("On the real system")
    struct RealSystemTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator
        private var directory: String { folder.path("state") }
        private var tokenFile: String { directory + "/token.json" }

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
        }

        // MARK: Files

        /// What the program asked of the system's files, as Tests/SystemCallRecorder writes it down.
        private struct Call {
            let name: String
            let path: String
            let more: String

            init?(_ line: Substring) {
                let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                guard fields.count == 3 else { return nil }
                (name, path, more) = (fields[0], fields[1], fields[2])
            }
        }

        /// Runs the exporter until it has a token and the readings, and gives what it asked for.
        private func calls() async throws -> [Call] {
            let record = folder.path("record")
            let environment = [
                "LD_PRELOAD": try BuiltProgram.path("libSystemCallRecorder.so"), "SYSTEM_CALL_RECORD": record,
            ]
            let process = try ChildProcess(
                ["serve"] + simulator.options(tokenFile: tokenFile), environment: Simulator.environment.merging(environment) { $1 })
            _ = try await until("the readings") { process.errors.contains("data ok") ? true : nil }
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0)
            return try String(contentsOfFile: record, encoding: .utf8).split(separator: "\n").compactMap(Call.init)
        }

        @Test("what takes the token file's name is on the disk before, and the directory after it, each time")
        func durability() async throws {
            let calls = try await calls()
            // By its own path: the test's folder may lie behind a link.
            let resolved = URL(fileURLWithPath: directory).resolvingSymlinksInPath().path
            var unsaved: Set<String> = []
            var renames = 0
            for (index, call) in calls.enumerated() {
                switch call.name {
                case "write", "truncate":
                    if call.path.hasPrefix(resolved + "/token.json"), !call.path.hasSuffix(".lock") { unsaved.insert(call.path) }
                case "fsync": unsaved.remove(call.path)
                case "rename":
                    guard call.more.hasSuffix("/token.json") else { continue }
                    renames += 1
                    let name = (call.path as NSString).lastPathComponent
                    #expect(!unsaved.contains("\(resolved)/\(name)"), "\(name) took its name before it was on the disk")
                    // Other threads go on meanwhile with files of their own, such as the control socket's.
                    let next = calls[(index + 1)...].first {
                        $0.name == "fsync" && $0.path == resolved
                            || ["write", "truncate", "rename"].contains($0.name)
                                && [name, "token.json"].contains(($0.path as NSString).lastPathComponent)
                    }
                    #expect(
                        next?.name == "fsync" && next?.path == resolved,
                        "after it came \(next.map { "\($0.name) of \($0.path)" } ?? "nothing"), not fsync of the directory")
                default: break
                }
            }
            // The renewed pair, and once more at the end.
            #expect(renames >= 2)
            #expect(unsaved.isEmpty, "never brought to the disk: \(unsaved.sorted())")
        }

        @Test("no file that it opens is one that a program started by it would have too")
        func inheritance() async throws {
            // What the system's own libraries open before there is a program does not count.
            let opened = try await calls().filter { $0.name == "open" && $0.more == "inherited" }
            #expect(opened.filter { $0.path.hasPrefix(folder.url.path) || $0.path.hasPrefix("/dev") }.map(\.path) == [])
        }

        // MARK: Another user's lock

        @Test(
            "a lock file that it may not open refuses the start, in one line, before anything is asked of NetAtmo",
            arguments: ["serve", "status"])
        func foreignLock(command: String) async throws {
            let lock = tokenFile + ".lock"
            #expect(FileManager.default.createFile(atPath: lock, contents: nil))
            // Where the tests run as root, the program is run as somebody who is not; else it is locked out of a file of its own.
            #expect(chmod(lock, geteuid() == 0 ? 0o600 : 0) == 0)
            var arguments = [try Program.path, command] + simulator.options(tokenFile: tokenFile)
            if geteuid() == 0 {
                for path in [directory, tokenFile] { #expect(chown(path, 65_534, 65_534) == 0) }
                arguments = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] + arguments
            }
            let before = try #require(FileManager.default.contents(atPath: tokenFile))
            let process = try ChildProcess(executable: arguments[0], Array(arguments.dropFirst()), environment: Simulator.environment)
            let code = try await process.exitCode()
            if process.errors.contains("failed to execute") { try Test.cancel("no other user can run the program here") }
            #expect(code == 1)
            #expect(process.errors.split(separator: "\n").count == 1)
            #expect(process.errors.contains(lock), "\(process.errors)")
            #expect(FileManager.default.contents(atPath: tokenFile) == before, "the refresh token was not exchanged")
        }

        // MARK: An answer that drips

        @Test(
            "the status of one whose answer drips is given up in time, be it in the header or in the body",
            arguments: ["HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"])
        func drips(head: String) async throws {
            let server = try DrippingServer(head: head)
            defer { withExtendedLifetime(server) {} }
            let process = try ChildProcess(["status", "--addr", "127.0.0.1:\(server.port)"])
            #expect(try await process.exitCode(within: .seconds(20)) == 1)
            #expect(process.errors.contains("no whole answer within 5 s"), "\(process.errors)")
            #expect(process.errors.split(separator: "\n").count == 1)
        }

        // MARK: What a browser gets

        @Test("a browser that it starts has its own three descriptors, no others, and no secret in its environment")
        func browser() async throws {
            let found = folder.path("found")
            try FileManager.default.createDirectory(atPath: folder.path("bin"), withIntermediateDirectories: false)
            // Its own script is one that the shell has opened.
            let script = """
                #!/bin/sh
                ls -l /proc/$$/fd >'\(found).new'
                env >>'\(found).new'
                mv '\(found).new' '\(found)'
                """
            let command = folder.path("bin/xdg-open")
            try script.write(toFile: command, atomically: false, encoding: .utf8)
            #expect(chmod(command, 0o755) == 0)
            let path = "\(folder.path("bin")):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
            let manager = ["NOTIFY_SOCKET": folder.path("nowhere"), "WATCHDOG_USEC": "60000000", "LISTEN_FDS": "1", "LISTEN_PID": "1"]
            let surroundings = ["TERM": "xterm-256color", "DISPLAY": ":0", "PATH": path].merging(manager) { $1 }
            let program = try ProgramInTerminal(
                simulator.options(tokenFile: tokenFile), environment: Simulator.environment.merging(surroundings) { $1 })
            try await program.shows("VALID")
            program.type("a")
            try await program.shows("/auth/authorize?key=")
            program.type("o")
            let text = try await until("the browser") {
                // A terminal that nobody reads holds the program back in the middle of a frame.
                _ = program.picture
                return try? String(contentsOfFile: found, encoding: .utf8)
            }
            let targets = text.matches(of: /(\d+) -> (.*)/).map { String($0.2) }
            // The shell has its own script open, and puts what the list goes to in the place of one of the three.
            #expect(Set(targets).subtracting([command, found + ".new"]) == ["/dev/null"])
            #expect(!text.contains("simulator-secret"))
            #expect(text.contains("\nDISPLAY=:0\n"))
            for name in manager.keys { #expect(!text.contains("\n\(name)="), "a service manager's, and meant for this program alone") }
            program.type("q")
            _ = try await program.exitCode()
        }

        // MARK: Signals that are ignored on purpose

        @Test("goes on where SIGTSTP is ignored on purpose, also at Ctrl-Z")
        func ignoredStop() async throws {
            let options = simulator.options(tokenFile: tokenFile).map { "'\($0)'" }.joined(separator: " ")
            let program = try ProgramInTerminal(
                command: ["/bin/bash", "-c", "trap '' TSTP; exec '\(try Program.path)' \(options)"],
                environment: Simulator.environment.merging(["TERM": "xterm-256color"]) { $1 })
            try await program.shows("VALID")
            program.signal(SIGTSTP)
            program.type("\u{1A}")
            program.type("?")
            try await program.shows("In the main view")
            #expect(try program.state() != "T")
            program.type("q")
            #expect(try await program.exitCode() == 0)
        }
    }
}
