import Foundation
import Testing
import TestSupport

extension EndToEndSurroundings {
    /// The service as systemd starts it: under a user of its own, in a group that its users are members of, with `/run/netatmo-dashboard`.
    @Suite("The service of another user", .enabled(if: Privileges.areRoots, "needs root, for other users and for mounts"))
    struct ServiceGroupTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator
        private var state: String { folder.path("state") }

        /// Of these no machine has to know: for the kernel a number is enough.
        private static let (service, member, stranger, group) = (64_711, 64_712, 64_799, 64_713)
        private static let directory = "/run/netatmo-dashboard"

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
            try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: false)
        }

        /// Starts the service, in a mount namespace with a `/run` of its own.
        private func serve(mode: String = "750", readings: Bool = true) async throws -> AttachableEngine {
            if readings { try await simulator.writePair(to: state + "/token.json") }
            let script = """
                chown -R \(Self.service) '\(state)' && chmod 700 '\(state)' && mount -t tmpfs -o mode=755 tmpfs /run \
                && mkdir -m \(mode) \(Self.directory) && chown \(Self.service):\(Self.group) \(Self.directory) \
                && exec setpriv --reuid \(Self.service) --regid \(Self.group) --clear-groups "$@"
                """
            return try await AttachableEngine(
                simulator, tokenFile: state + "/token.json", ["--socket-group", "\(Self.group)", "--log-level", "trace"],
                environment: ["RUNTIME_DIRECTORY": Self.directory],
                by: ["unshare", "-m", "--propagation", "private", "sh", "-c", script, "sh"], readings: readings)
        }

        /// What runs a command beside an engine, as another user.
        private func prefix(beside engine: AttachableEngine, user: Int, groups: [Int] = []) -> [String] {
            let list = groups.isEmpty ? ["--clear-groups"] : ["--groups", groups.map(String.init).joined(separator: ",")]
            return ["/usr/bin/nsenter", "--mount=/proc/\(engine.process.processID)/ns/mnt", "--", "setpriv", "--reuid", "\(user)"]
                + ["--regid", "\(user)"] + list
        }

        /// A screen without any option.
        private func screen(
            of engine: AttachableEngine, user: Int, groups: [Int] = [], columns: UInt16 = 120, rows: UInt16 = 36
        ) throws -> ProgramInTerminal {
            try ProgramInTerminal(
                command: prefix(beside: engine, user: user, groups: groups) + [Program.path],
                environment: ["TERM": "xterm-256color", "HOME": folder.path("home")], columns: columns, rows: rows)
        }

        @Test("is shown to a member of its group and to root with no option at all, and each action is logged with who asked for it")
        func screens() async throws {
            let engine = try await serve()
            #expect(engine.socket == Self.directory + "/control.sock")
            let members = try screen(of: engine, user: Self.member, groups: [Self.group])
            let roots = try screen(of: engine, user: 0, columns: 80, rows: 24)
            try await members.shows("attached: \(engine.name)")
            try await roots.shows("attached: serve")
            for screen in [members, roots] { try await screen.shows("Stue") }
            members.type("t")
            for screen in [members, roots] { try await screen.shows("token renewed") }
            for (user, screen) in [(Self.member, members), (0, roots)] {
                #expect(engine.log.contains("control screen attached by uid \(user), pid \(screen.processID)\n"), "\(engine.log)")
            }
            #expect(engine.log.contains("control renewal asked for by uid \(Self.member), pid \(members.processID)\n"), "\(engine.log)")
            for screen in [members, roots] {
                screen.type("q")
                #expect(try await screen.exitCode() == 0)
            }
            engine.process.signal(SIGTERM)
            #expect(try await engine.process.exitCode() == 0, "\(engine.log)")
        }

        /// Opens so many connections, asks each for the state, reads none of them, and stays.
        private static let crowd = """
            import socket, sys, time
            connections = []
            for _ in range(int(sys.argv[2])):
                connection = socket.socket(socket.AF_UNIX)
                try:
                    connection.connect(sys.argv[1])
                    connection.sendall(b"GET /v1/state HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n")
                except OSError:
                    pass
                connections.append(connection)
            print("all", flush=True)
            time.sleep(600)
            """

        @Test("has room for root, for its own user and for other members, however many connections a member opens and does not read")
        func crowd() async throws {
            let engine = try await serve()
            let member = prefix(beside: engine, user: Self.member, groups: [Self.group])
            let crowd = try ChildProcess(
                executable: member[0], member.dropFirst() + ["/usr/bin/python3", "-c", Self.crowd, engine.socket, "300"])
            _ = try await until("the crowd; \(crowd.errors)") { crowd.output == "all\n" ? true : nil }
            for (user, groups) in [(0, []), (Self.service, []), (Self.member + 10, [Self.group])] {
                let prefix = prefix(beside: engine, user: user, groups: groups)
                let status = try ChildProcess(
                    executable: prefix[0], prefix.dropFirst() + [Program.path, "status"], environment: ["HOME": folder.path("home")])
                #expect(try await status.exitCode() == 0, "user \(user): \(status.errors)")
            }
            let refused = try ChildProcess(
                executable: member[0], member.dropFirst() + [Program.path, "status"], environment: ["HOME": folder.path("home")])
            #expect(try await refused.exitCode() == 1)
            let reason = "user \(Self.member) has 64 connections, the most that one may have"
            #expect(refused.errors == "netatmo-dashboard: \(engine.socket) refuses: \(reason)\n")
            #expect(engine.log.matches(of: /connection of uid \d+, pid \d+ refused/).count == 1, "\(engine.log)")
            crowd.signal(SIGKILL)
            _ = try await until("their end; \(engine.log)") {
                engine.log.matches(of: /screen detached by uid 64712/).count == 64 ? true : nil
            }
            let again = try ChildProcess(
                executable: member[0], member.dropFirst() + [Program.path, "status"], environment: ["HOME": folder.path("home")])
            #expect(try await again.exitCode() == 0, "\(again.errors)")
        }

        @Test("is signed in by what a member pastes into a screen: the address that the browser ended on is in no log and on no screen")
        func signIn() async throws {
            let engine = try await serve(readings: false)
            // Too small for a code beside the address.
            let screen = try screen(of: engine, user: Self.member, groups: [Self.group], columns: 100, rows: 30)
            try await screen.shows("NO TOKEN")
            screen.type("a")
            try await screen.shows("/oauth2/authorize?")
            let text = screen.picture.lines.map { $0.trimmingPrefix(/[│\s]*/).replacing(/[│\s]*$/, with: "") }.joined()
            let query = try #require(text.firstMatch(of: /\/oauth2\/authorize\?(client_id=[^ ]*?state=[A-Za-z0-9_-]{43})/)).1
            let back = try await HTTP.post("http://127.0.0.1:\(simulator.port)/oauth2/authorize", form: "\(query)&decision=accept")
            let address = try #require(back.location)
            let code = try #require(address.firstMatch(of: /code=([^&]+)/)).1
            screen.type("\u{1B}[200~\(address)\u{1B}[201~")
            try await screen.shows("•••")
            screen.type("\r")
            try await screen.shows("signed in: the token works until")
            _ = try await until("the readings; \(engine.log)") { engine.log.contains("data ok") ? true : nil }
            #expect(engine.log.contains("control sign-in pasted by uid \(Self.member), pid \(screen.processID)\n"), "\(engine.log)")
            let written = String(decoding: screen.output, as: UTF8.self) + engine.log
            let saved = try String(contentsOfFile: state + "/token.json", encoding: .utf8)
            let secrets = saved.matches(of: /"(?:access|refresh)_token":"([^"]+)"/).map { String($0.1) } + [String(code)]
            #expect(secrets.count == 3)
            for secret in secrets { #expect(!written.contains(secret)) }
        }

        @Test(
            "is refused to a stranger by the kernel, in one line that says what to do, whichever mode the directory has",
            arguments: ["750", "755"])
        func strangers(_ mode: String) async throws {
            let engine = try await serve(mode: mode)
            let prefix = prefix(beside: engine, user: Self.stranger)
            for command in [[], ["attach"], ["status"], ["--plain"]] {
                let process = try ChildProcess(
                    executable: prefix[0], prefix.dropFirst() + [Program.path] + command, environment: ["HOME": folder.path("home")])
                #expect(try await process.exitCode() == 1)
                #expect(
                    process.errors == """
                        netatmo-dashboard: \(Self.directory)/control.sock may not be opened: ask for membership of the group \
                        \(Self.group) (usermod -aG \(Self.group)), or run as the service's user

                        """)
            }
            #expect(!engine.log.contains("attached"), "\(engine.log)")
        }

        @Test("is found by a member whose HOME and XDG_RUNTIME_DIR are another user's and closed, as `su` leaves them")
        func foreignHome() async throws {
            let engine = try await serve()
            let closed = folder.path("closed")
            try FileManager.default.createDirectory(atPath: closed, withIntermediateDirectories: false)
            chmod(closed, 0o700)
            let prefix = prefix(beside: engine, user: Self.member, groups: [Self.group])
            let process = try ChildProcess(
                executable: prefix[0], prefix.dropFirst() + [Program.path, "status"],
                environment: ["HOME": closed, "XDG_RUNTIME_DIR": closed])
            #expect(try await process.exitCode() == 0, "\(process.errors)")
            #expect(process.output.contains("Stue"), "\(process.output)")
        }

        @Test("is not what listens at a socket that another user has planted: it is refused, and gets not a byte")
        func planted() async throws {
            let directory = folder.path("theirs")
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
            chown(directory, uid_t(Self.service), gid_t(Self.service))
            let setpriv = ["setpriv", "--reuid", "\(Self.service)", "--regid", "\(Self.service)", "--clear-groups"]
            let fake = try await FakeEngine(at: directory + "/s", by: setpriv)
            // A lock of a token file that leads there, too.
            let tokenFile = folder.path("token.json")
            try "{}".write(toFile: tokenFile, atomically: false, encoding: .utf8)
            try "\(fake.processID)\n127.0.0.1:9210\n\(directory)/s\n".write(
                toFile: tokenFile + ".lock", atomically: false, encoding: .utf8)
            let ways = [
                ["attach", "--socket", directory + "/s"], ["status", "--socket", directory + "/s"], ["--plain", "--token-file", tokenFile],
            ]
            for way in ways {
                let process = try ChildProcess(way)
                #expect(try await process.exitCode() == 1)
                #expect(process.errors == "netatmo-dashboard: \(directory)/s belongs to user \(Self.service): nothing is sent to it\n")
            }
            // By the lock it is asked once more who listens.
            #expect(try await fake.received(4) == Array(repeating: "got 0 bytes", count: 4))
        }
    }
}
