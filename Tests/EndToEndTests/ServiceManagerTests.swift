import Foundation
import Testing
import TestSupport

extension EndToEndSurroundings {
    /// With a stand-in for systemd's sockets, and with a tool of its own where that is there.
    @Suite("The exporter under a service manager")
    struct ServiceManagerTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator
        private let manager: ManagerSocket
        private var tokenFile: String { folder.path("token.json") }

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
            manager = try ManagerSocket(at: folder.path("notify"))
        }

        /// - Parameter command: What starts the program.
        private func serve(
            _ options: [String] = [], environment: [String: String] = [:], addr: String = "127.0.0.1:0", by command: [String] = []
        ) throws -> ChildProcess {
            let command = command + [try Program.path, "serve"] + simulator.options(tokenFile: tokenFile, addr: addr) + options
            let surroundings = Simulator.environment.merging(["NOTIFY_SOCKET": manager.address]) { $1 }
            return try ChildProcess(
                executable: command[0], Array(command.dropFirst()), environment: surroundings.merging(environment) { $1 })
        }

        private func found<Output>(_ pattern: Regex<(Substring, Output)>, _ process: ChildProcess) async throws -> Output {
            try await until("\(pattern); \(process.errors)") { process.errors.firstMatch(of: pattern)?.output.1 }
        }

        private func end(_ process: ChildProcess) async throws {
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0, "\(process.errors)")
        }

        // MARK: What it is told

        @Test("tells that it is ready once it answers, by TCP and by its control socket, and that it ends", arguments: [false, true])
        func readiness(isAbstract: Bool) async throws {
            let manager = try isAbstract ? ManagerSocket(at: "@netatmo-test-\(UUID().uuidString)") : self.manager
            try await simulator.writePair(to: tokenFile)
            let process = try serve(environment: ["NOTIFY_SOCKET": manager.address])
            try await manager.wait(for: "that it is ready; \(process.errors)") { $0.contains { $0.contains("READY=1") } }
            #expect(UnixSocketPlace.listens(at: tokenFile + ".sock"))
            let port = try await found(/exporter started: 127\.0\.0\.1:(\d+)/, process)
            #expect(try await HTTP.get("http://127.0.0.1:\(port)/healthz").status == 200)
            #expect(manager.lines.contains { $0.wholeMatch(of: /STATUS=Token: VALID, expires at 20..-..-..T..:..:..Z/) != nil })
            #expect(!manager.lines.contains { $0.hasPrefix("WATCHDOG") })
            try await end(process)
            #expect(manager.lines.filter { !$0.hasPrefix("STATUS") } == ["READY=1", "STOPPING=1"])
        }

        @Test("tells the token's state anew where it changes, and what fails, without a secret")
        func status() async throws {
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            let fault = #"{"fault":"status","on":"token","status":503}"#
            #expect(try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/faults", form: fault).status < 300)
            let process = try serve()
            try await manager.wait(for: "the token; \(process.errors)") { $0.contains { $0.contains("STATUS=Token: VALID") } }
            let states = manager.lines.filter { $0.hasPrefix("STATUS=") }
            #expect(
                states.contains { $0.hasPrefix("STATUS=Token: NO TOKEN; the last renewal failed: ") && $0.contains("503") }, "\(states)")
            #expect(zip(states, states.dropFirst()).allSatisfy { $0 != $1 }, "\(states)")
            let saved = try String(contentsOfFile: tokenFile, encoding: .utf8)
            let secrets = saved.matches(of: /"(?:access|refresh)_token":"([^"]+)"/).map { String($0.1) } + [simulator.refreshToken]
            for secret in secrets { #expect(!manager.messages.joined().contains(secret)) }
            try await end(process)
        }

        @Test("asks for more time to end while NetAtmo holds back the answer that has the only pair, and saves it")
        func pendingToken() async throws {
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            let fault = #"{"fault":"delay","on":"token","seconds":6}"#
            #expect(try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/faults", form: fault).status < 300)
            let process = try serve()
            try await manager.wait(for: "the request; \(process.errors)") { messages in
                ["READY=1", "STATUS=Token: RENEWING"].allSatisfy { line in messages.contains { $0.contains(line) } }
            }
            process.signal(SIGTERM)
            try await manager.wait(for: "the end; \(process.errors)") {
                $0.contains { $0.hasPrefix("STOPPING=1\nEXTEND_TIMEOUT_USEC=") }
            }
            #expect(try await process.exitCode() == 0, "\(process.errors)")
            #expect(try String(contentsOfFile: tokenFile, encoding: .utf8).contains("access_token"))
            #expect(manager.lines.last?.hasPrefix("STATUS=Token: VALID") == true, "\(manager.lines)")
        }

        @Test("tells again and again that it works, also while NetAtmo does not answer")
        func watchdog() async throws {
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            let fault = #"{"fault":"delay","on":"token","seconds":60}"#
            #expect(try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/faults", form: fault).status < 300)
            let process = try serve(environment: ["WATCHDOG_USEC": "1000000"])
            try await manager.wait(for: "the request; \(process.errors)") { $0.contains { $0.contains("STATUS=Token: RENEWING") } }
            let before = manager.lines.count { $0 == "WATCHDOG=1" }
            try await manager.wait(for: "four more; \(process.errors)") { messages in
                messages.count { $0 == "WATCHDOG=1" } >= before + 4
            }
            #expect(manager.lines.last { $0.hasPrefix("STATUS") } == "STATUS=Token: RENEWING", "the request is still under way")
            process.signal(SIGKILL)
        }

        // MARK: What it is given

        @Test("answers on the TCP socket that it is given, in place of its address, and tells that socket's own everywhere")
        func network() async throws {
            try await simulator.writePair(to: tokenFile)
            let process = try serve(addr: "127.0.0.1:1", by: SocketPassing.command("tcp"))
            let port = try await found(/passed on \('127\.0\.0\.1', (\d+)\)/, process)
            try await manager.wait(for: "that it is ready; \(process.errors)") { $0.contains { $0.contains("READY=1") } }
            _ = try await found(/(data ok)/, process)
            #expect(try await HTTP.get("http://127.0.0.1:\(port)/metrics").body.contains("netatmo_up 1\n"))
            #expect(try await HTTP.get("http://127.0.0.1:\(port)/healthz").status == 200)
            #expect(process.errors.contains("exporter started: 127.0.0.1:\(port)\n"), "\(process.errors)")
            #expect(process.errors.contains("exporter socket: passed on by the service manager, in place of --addr\n"))
            #expect(try String(contentsOfFile: tokenFile + ".lock", encoding: .utf8).contains("\n127.0.0.1:\(port)\n"))
            try await end(process)
        }

        @Test("is attached to by the Unix-domain socket that it is given, by its path and by the token file, and leaves it there")
        func control() async throws {
            try await simulator.writePair(to: tokenFile)
            let path = folder.path("given.sock")
            let process = try serve(["--socket", folder.path("other.sock")], by: SocketPassing.command("unix=\(path)", "tcp"))
            _ = try await found(/(data ok)/, process)
            #expect(process.errors.contains("control socket: \(path)\n"), "\(process.errors)")
            for way in [["--socket", path], ["--token-file", tokenFile]] {
                let status = try ChildProcess(["status"] + way)
                #expect(try await status.exitCode() == 0, "\(status.errors)")
                #expect(status.output.contains("Token: VALID"), "\(status.output)")
            }
            try await end(process)
            #expect(FileManager.default.fileExists(atPath: path))
            #expect(!FileManager.default.fileExists(atPath: folder.path("other.sock")))
        }

        @Test("takes no socket that is meant for another process")
        func foreign() async throws {
            let process = try serve(environment: ["LISTEN_PID": "1"], by: SocketPassing.command("udp", "tcp"))
            let passed = try await found(/passed on \('127\.0\.0\.1', (\d+)\)/, process)
            let port = try await found(/exporter started: 127\.0\.0\.1:(\d+)/, process)
            #expect(passed != port)
            try await end(process)
        }

        @Test(
            "refuses what it can't use, and takes nothing, in a line and with the exit code of a wrong configuration",
            arguments: [
                (
                    ["tcp", "udp"],
                    "LISTEN_FDS: descriptor 4 (udp) is a UDP socket, expected a socket that listens: a TCP one for the exporter, "
                        + "or a Unix-domain stream socket at a path for the control socket"
                ),
                (["tcp", "tcp"], "LISTEN_FDS: 2 TCP sockets (descriptor 3 (tcp), descriptor 4 (tcp)), expected one, for the exporter"),
            ] as [([String], String)])
        func useless(kinds: [String], line: String) async throws {
            let command = SocketPassing.command(kinds[0], kinds[1])
            let process = try serve(by: command)
            #expect(try await process.exitCode() == 64)
            #expect(process.errors.split(separator: "\n").last == "netatmo-dashboard: \(line)")
            #expect(process.errors.split(separator: "\n").count == kinds.count + 1)
            #expect(!FileManager.default.fileExists(atPath: tokenFile + ".lock"))
            #expect(manager.messages == [])
        }

        @Test("lets no program that it starts have any of that")
        func children() async throws {
            try await simulator.writePair(to: tokenFile)
            let (command, seen) = (folder.path("command"), folder.path("seen"))
            // Renamed once it is whole.
            try "#!/bin/sh\n{ env; for f in /proc/$$/fd/*; do readlink $f; done; } >'\(seen).new'\nmv '\(seen).new' '\(seen)'\n"
                .write(toFile: command, atomically: false, encoding: .utf8)
            chmod(command, 0o755)
            let process = try serve(
                ["--alerts", "CO2 > 1", "--notify-command", command], environment: ["WATCHDOG_USEC": "60000000"],
                by: SocketPassing.command("tcp"))
            let text = try await until("the call; \(process.errors)") { try? String(contentsOfFile: seen, encoding: .utf8) }
            let names = text.split(separator: "\n").compactMap { $0.split(separator: "=").first }
            #expect(names.contains("PATH"), "\(text)")
            #expect(!names.contains { $0.hasPrefix("LISTEN_") || $0.hasPrefix("WATCHDOG_") || $0 == "NOTIFY_SOCKET" }, "\(text)")
            #expect(!text.contains("socket:["), "\(text)")
            // Whatever starts one: the flag O_CLOEXEC, in octal (proc_pid_fdinfo(5)).
            let flags = try String(contentsOfFile: "/proc/\(process.processID)/fdinfo/3", encoding: .utf8).firstMatch(of: /flags:\s+(\d+)/)
            #expect((flags.flatMap { Int($0.1, radix: 8) } ?? 0) & Int(O_CLOEXEC) != 0)
            try await end(process)
        }

        @Test(
            "is started by systemd's own tool at the first connection, and answers that one",
            .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-socket-activate")), arguments: [false, true])
        func activation(isLocal: Bool) async throws {
            try await simulator.writePair(to: tokenFile)
            let path = folder.path("s")
            let port = try PassableSocket(loopback: SOCK_STREAM).port
            let passed = Simulator.environment.merging(["NOTIFY_SOCKET": manager.address]) { $1 }
            let options = passed.keys.flatMap { ["-E", $0] } + ["-E", "HOME"]
            let tool = ["systemd-socket-activate", "-l", isLocal ? path : "127.0.0.1:\(port)"] + options
            let process = try serve(addr: isLocal ? "127.0.0.1:0" : "127.0.0.1:1", by: tool)
            _ = try await found(/(Listening on)/, process)
            if isLocal {
                let status = try ChildProcess(["status", "--socket", path])
                // It may be asked before it has its first readings.
                let code = try await status.exitCode()
                #expect([0, 3].contains(code), "\(status.errors)")
                #expect(status.output.contains("Token: VALID"), "\(status.output)\(process.errors)")
            } else {
                #expect(try await HTTP.get("http://127.0.0.1:\(port)/healthz").status == 200)
            }
            try await manager.wait(for: "that it is ready; \(process.errors)") { $0.contains { $0.contains("READY=1") } }
            try await end(process)
        }
    }
}

/// A Unix-domain socket, as who connects to it finds it.
private enum UnixSocketPlace {
    static func listens(at path: String) -> Bool {
        let answer = try? Command.run(
            ["curl", "-s", "-m", "10", "--unix-socket", path, "http://localhost/v1/status"], environment: Program.environment(),
            folder: TemporaryFolder())
        return answer?.hasPrefix("{") ?? false
    }
}
