import Foundation
import Testing
import TestSupport

extension EndToEndSurroundings {
    @Suite("Where the token file is")
    struct TokenPlaceTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator
        private var directory: String { folder.path("state") }
        private var tokenFile: String { directory + "/token.json" }

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
        }

        // MARK: Places

        /// Where the whole way to write a file does not work, and the file itself can be written.
        enum WritableFile: String, CaseIterable, Sendable {
            case inForeignDirectory, mountedByItself, onReadOnlySystem

            /// What has to be done first, as root in a mount namespace of its own.
            func preparation(_ directory: String) -> String {
                switch self {
                case .inForeignDirectory:
                    "chown 65534 '\(directory)/token.json' && chmod 755 '\(directory)/..' '\(directory)'"
                case .mountedByItself:
                    "mount --bind '\(directory)/token.json' '\(directory)/token.json'"
                case .onReadOnlySystem:
                    // The file's own mount stays writable.
                    """
                    mount --bind '\(directory)' '\(directory)' && mount --bind '\(directory)/token.json' '\(directory)/token.json' \
                    && mount -o remount,ro,bind '\(directory)'
                    """
                }
            }

            var user: String { self == .inForeignDirectory ? "setpriv --reuid 65534 --regid 65534 --clear-groups" : "" }
        }

        private func prepareFile(_ token: String? = nil) throws {
            try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
            let text = #"{"refresh_token":"\#(token ?? simulator.refreshToken)","note":"a note that is longer than a pair of tokens"}"#
            try text.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            chmod(tokenFile, 0o600)
        }

        /// Runs the program in a mount namespace of its own, after a preparation.
        private func run(_ arguments: [String], in place: WritableFile) throws -> ChildProcess {
            let words = arguments.map { "'\($0)'" }.joined(separator: " ")
            let script = "\(place.preparation(directory)) && exec \(place.user) '\(try Program.path)' \(words)"
            return try ChildProcess(
                executable: "unshare", ["-m", "--propagation", "private", "sh", "-c", script], environment: Simulator.environment)
        }

        private func savedToken() throws -> [String: String] {
            guard let data = FileManager.default.contents(atPath: tokenFile) else { return [:] }
            return try JSONSerialization.jsonObject(with: data) as? [String: String] ?? [:]
        }

        private func requests() async throws -> [String] {
            let body = try await HTTP.get("http://127.0.0.1:\(simulator.port)/simulator/requests").body
            let record = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
            return (record?["requests"] as? [[String: Any]] ?? []).compactMap { $0["endpoint"] as? String }
        }

        // MARK: Saving

        @Test(
            "a file that can be written is written in place where nothing else can be: told once, at every save, and the next start works",
            .enabled(if: Privileges.areRoots, "needs root, for other users and for mounts"), arguments: WritableFile.allCases
        )
        func inPlace(place: WritableFile) async throws {
            try prepareFile()
            let process = try run(["serve"] + simulator.options(tokenFile: tokenFile), in: place)
            let saved = try await until("the new token to be saved") { try savedToken()["access_token"] == nil ? nil : try savedToken() }
            #expect(saved["refresh_token"] != simulator.refreshToken)
            #expect(saved["note"] == "a note that is longer than a pair of tokens")
            _ = try await until("the readings; \(process.errors)") { process.errors.contains("data ok") ? true : nil }
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0, "\(process.errors)")
            let told = process.errors.split(separator: "\n").filter {
                $0.contains("written in place, a power cut in that instant could harm it")
            }
            #expect(told.count == 1, "\(process.errors)")
            let next = try run(["status"] + simulator.options(tokenFile: tokenFile), in: place)
            #expect(try await next.exitCode(within: .seconds(30)) == 0, "\(next.errors)")
        }

        @Test(
            "a second program on it is refused, also where no lock can be made beside it",
            .enabled(if: Privileges.areRoots, "needs root, for other users and for mounts"),
            arguments: [WritableFile.inForeignDirectory, .onReadOnlySystem]
        )
        func inUse(place: WritableFile) async throws {
            try prepareFile()
            let first = try run(["serve"] + simulator.options(tokenFile: tokenFile), in: place)
            _ = try await until("the readings; \(first.errors)") { first.errors.contains("data ok") ? true : nil }
            let asked = try await requests().count { $0 == "token" }
            for command in ["serve", "status"] {
                let second = try run([command] + simulator.options(tokenFile: tokenFile), in: place)
                #expect(try await second.exitCode() == 1, "\(command): \(second.errors)")
                #expect(second.errors.contains("token file \(tokenFile) is in use by another process; stop that one first"))
            }
            #expect(try await requests().count { $0 == "token" } == asked, "nothing was asked of NetAtmo")
            #expect(!first.errors.contains("no lock"))
            first.signal(SIGTERM)
            #expect(try await first.exitCode() == 0)
        }

        @Test(
            "where nothing can be written no token is spent: told everywhere; a sign-in is refused; once it works the renewal follows",
            .enabled(if: Privileges.areRoots, "needs root, for other users")
        )
        func blocked() async throws {
            try prepareFile()
            chmod(folder.path(""), 0o755)
            chmod(directory, 0o755)
            chmod(tokenFile, 0o644)
            let process = try ChildProcess(
                executable: "setpriv",
                ["--reuid", "65534", "--regid", "65534", "--clear-groups", try Program.path, "serve"]
                    + simulator.options(tokenFile: tokenFile), environment: Simulator.environment
            )
            let port = try await until("the exporter to listen; \(process.errors)") {
                process.errors.firstMatch(of: /exporter started: 127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) }
            }
            let line = try await until("the reason") { process.errors.split(separator: "\n").first { $0.contains("token blocked: ") } }
            #expect(line.contains("a new token could not be saved, so none is asked for, next try at "))
            #expect(line.contains("token file \(tokenFile): can't create a new file beside it: Permission denied; let the user who runs"))
            let base = "http://127.0.0.1:\(port)"
            #expect(try await HTTP.get(base + "/metrics").body.contains("netatmo_exporter_token_saved 0\n"))
            let readiness = try await HTTP.get(base + "/readyz")
            #expect(readiness.status == 503)
            #expect(readiness.body.contains("Permission denied") && readiness.body.contains("let the user who runs this program write"))
            #expect(try await HTTP.get(base + "/api/status").body.contains(#""state":"blocked""#))
            #expect(try await requests().isEmpty)
            #expect(try savedToken()["refresh_token"] == simulator.refreshToken)
            chown(directory, 65534, 65534)
            _ = try await until("the renewal to follow", within: .seconds(30)) { process.errors.contains("token renewed") ? true : nil }
            #expect(process.errors.contains("token unblocked: "))
            _ = try await until("the series") {
                try await HTTP.get(base + "/metrics").body.contains("netatmo_exporter_token_saved 1\n") ? true : nil
            }
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0, "\(process.errors)")
        }

        // MARK: Room

        /// Runs a command with the token file on a small disk of its own, in a mount namespace of its own.
        ///
        /// - Parameters:
        ///   - text: The file's text.
        ///   - isFull: Whether there is no room left from the start on.
        ///   - user: What runs the program as another user, whose the file is.
        private func runOnSmallDisk(text: String, isFull: Bool, user: String = "") throws -> ChildProcess {
            try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
            let words = (["serve"] + simulator.options(tokenFile: tokenFile)).map { "'\($0)'" }.joined(separator: " ")
            let script = """
                chmod 755 '\(directory)/..' && mount -t tmpfs -o size=32k,mode=755 tmpfs '\(directory)' && cd '\(directory)' \
                && printf '%s' '\(text)' > token.json && chmod 600 token.json \
                \(user.isEmpty ? "" : "&& chown 65534 token.json && touch token.json.lock && chown 65534 token.json.lock") || exit 99
                \(isFull ? "head -c 100000 /dev/zero > filler 2> /dev/null" : "")
                exec \(user) '\(try Program.path)' \(words)
                """
            return try ChildProcess(
                executable: "unshare", ["-m", "--propagation", "private", "sh", "-c", script], environment: Simulator.environment)
        }

        private static let otherUser = "setpriv --reuid 65534 --regid 65534 --clear-groups"

        /// The directory as the process sees it.
        private func directory(of process: ChildProcess) -> String { "/proc/\(process.processID)/root\(directory)" }

        /// Which token files a proof would find room for that had only their own size.
        enum Crowded: String, CaseIterable, Sendable {
            case emptyFile, inPlace
        }

        @Test(
            "a full disk that would take the file as it is, and not with another token, spends none; once there is room, all goes on",
            .enabled(if: Privileges.areRoots, "needs root, for mounts"), arguments: Crowded.allCases
        )
        func noRoom(file: Crowded) async throws {
            let token = #"{"refresh_token":"\#(simulator.refreshToken)","note":""#
            let text = file == .emptyFile ? "" : token + String(repeating: "x", count: 4096 - token.utf8.count - 2) + #""}"#
            let process = try runOnSmallDisk(text: text, isFull: true, user: file == .inPlace ? Self.otherUser : "")
            let line = try await until("the reason; \(process.errors)") {
                process.errors.split(separator: "\n").first { $0.contains("token blocked: ") }
            }
            #expect(line.contains("No space left on device; make room on the disk"))
            #expect(try await requests().isEmpty)
            let path = directory(of: process) + "/token.json"
            #expect(FileManager.default.contents(atPath: path) == Data(text.utf8))
            try FileManager.default.removeItem(atPath: directory(of: process) + "/filler")
            let next = file == .emptyFile ? "token unblocked: " : "token renewed"
            _ = try await until("it to go on; \(process.errors)", within: .seconds(30)) { process.errors.contains(next) ? true : nil }
            if file == .emptyFile { #expect(FileManager.default.contents(atPath: path) == Data()) }
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0, "\(process.errors)")
        }

        @Test("a limit on the size of files is seen before a token is spent, and at the end nothing counts as unsaved")
        func sizeLimit() async throws {
            try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
            let text = #"{"refresh_token":"\#(simulator.refreshToken)"}"#
            try text.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            let process = try ChildProcess(
                executable: "prlimit",
                ["--fsize=\(text.utf8.count + 20)", try Program.path, "serve"] + simulator.options(tokenFile: tokenFile),
                environment: Simulator.environment)
            _ = try await until("the reason; \(process.errors)") { process.errors.contains("token blocked: ") ? true : nil }
            #expect(process.errors.contains("File too large; allow larger files (ulimit -f)"))
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0, "\(process.errors)")
            #expect(!process.errors.contains("token unsaved"), "\(process.errors)")
            #expect(try await requests().isEmpty)
            #expect(try String(contentsOfFile: tokenFile, encoding: .utf8) == text)
            #expect(!FileManager.default.fileExists(atPath: tokenFile + ".tmp"))
        }

        @Test(
            "a disk that is full by the time of a write in place leaves the old file whole, and the token gets there once there is room",
            .enabled(if: Privileges.areRoots, "needs root, for mounts and for other users")
        )
        func fullInPlace() async throws {
            let fault = #"{"fault":"delay","on":"token","seconds":3}"#
            #expect(try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/faults", form: fault).status < 300)
            let token = #"{"refresh_token":"\#(simulator.refreshToken)","note":""#
            let text = token + String(repeating: "x", count: 4096 - token.utf8.count - 2) + #""}"#
            let process = try runOnSmallDisk(text: text, isFull: false, user: Self.otherUser)
            _ = try await until("the request; \(process.errors)") { try await requests().contains("token") ? true : nil }
            let filler = directory(of: process) + "/filler"
            #expect(FileManager.default.createFile(atPath: filler, contents: nil))
            let file = open(filler, O_WRONLY | O_CLOEXEC)
            while write(file, [UInt8](repeating: 0, count: 4096), 4096) > 0 {}
            close(file)
            _ = try await until("the save to fail; \(process.errors)") { process.errors.contains("token unsaved: ") ? true : nil }
            #expect(process.errors.contains("No space left on device"), "\(process.errors)")
            #expect(FileManager.default.contents(atPath: directory(of: process) + "/token.json") == Data(text.utf8))
            try FileManager.default.removeItem(atPath: filler)
            _ = try await until("the token to be saved; \(process.errors)", within: .seconds(30)) {
                let data = FileManager.default.contents(atPath: directory(of: process) + "/token.json") ?? Data()
                return String(decoding: data, as: UTF8.self).contains("access_token") ? true : nil
            }
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0, "\(process.errors)")
        }

        // MARK: A damaged file

        @Test(
            "a damaged file gives way to a newer one whose write was cut off; an older one or none is refused, and nothing is touched",
            arguments: ["newer", "older", "none"])
        func damaged(left: String) async throws {
            try prepareFile()
            let whole = try #require(FileManager.default.contents(atPath: tokenFile))
            let part = whole.prefix(20)
            try part.write(to: URL(fileURLWithPath: tokenFile))
            if left != "none" {
                #expect(FileManager.default.createFile(atPath: tokenFile + ".tmp", contents: whole))
                let time = Date(timeIntervalSinceNow: left == "newer" ? 0 : -60)
                try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: tokenFile + ".tmp")
            }
            let process = try ChildProcess(["serve"] + simulator.options(tokenFile: tokenFile), environment: Simulator.environment)
            if left == "newer" {
                _ = try await until("the renewal; \(process.errors)") { process.errors.contains("token renewed") ? true : nil }
                #expect(process.errors.contains("token recovered"), "\(process.errors)")
                #expect(try savedToken()["note"] == "a note that is longer than a pair of tokens")
                process.signal(SIGTERM)
                #expect(try await process.exitCode() == 0, "\(process.errors)")
                #expect(!FileManager.default.fileExists(atPath: tokenFile + ".tmp"))
            } else {
                #expect(try await process.exitCode() == 1)
                #expect(process.errors.contains("token file \(tokenFile): not JSON"), "\(process.errors)")
                #expect(FileManager.default.contents(atPath: tokenFile) == part)
                #expect(FileManager.default.fileExists(atPath: tokenFile + ".tmp") == (left == "older"))
            }
        }

        @Test("a file that others could read is its owner's from the start on, before anything is renewed, and the log says so")
        func narrowed() async throws {
            try prepareFile()
            chmod(tokenFile, 0o644)
            let fault = #"{"fault":"hang","on":"token","forever":true}"#
            #expect(try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/faults", form: fault).status < 300)
            let before = try savedToken()
            let process = try ChildProcess(["serve"] + simulator.options(tokenFile: tokenFile), environment: Simulator.environment)
            _ = try await until("the line") {
                process.errors.contains("token narrowed: others could read the token file (mode 0644)") ? true : nil
            }
            let attributes = try FileManager.default.attributesOfItem(atPath: tokenFile)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(try savedToken() == before)
        }

        // MARK: The end

        /// A command that ends, and how it is asked to.
        enum Ending: String, CaseIterable, Sendable {
            case serve, plain, plainByHangUp, status, dashboard

            var arguments: [String] {
                switch self {
                case .serve: ["serve"]
                case .plain, .plainByHangUp: ["--plain"]
                case .status: ["status"]
                case .dashboard: ["dashboard"]
                }
            }

            /// What ends it; `nil` where it ends by itself.
            var signal: Int32? {
                switch self {
                case .serve, .plain, .dashboard: SIGTERM
                case .plainByHangUp: SIGHUP
                case .status: nil
                }
            }
        }

        @Test("with a token that is in no file is 74, also after a signal, and the last line says so", arguments: Ending.allCases)
        func tokenInNoFile(ending: Ending) async throws {
            try prepareFile()
            let fault = #"{"fault":"delay","on":"token","seconds":3}"#
            #expect(try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/faults", form: fault).status < 300)
            let arguments = ending.arguments + simulator.options(tokenFile: tokenFile)
            let environment = Simulator.environment.merging(["XDG_STATE_HOME": folder.path("logs"), "TERM": "xterm-256color"]) { $1 }
            let terminal = ending == .dashboard ? try ProgramInTerminal(arguments, environment: environment, columns: 400) : nil
            let process = ending == .dashboard ? nil : try ChildProcess(arguments, environment: environment)
            _ = try await until("the request") {
                // A terminal that nobody reads holds the program back in the middle of a frame.
                _ = terminal?.picture
                return try await requests().contains("token") ? true : nil
            }
            try FileManager.default.moveItem(atPath: directory, toPath: folder.path("elsewhere"))
            if let signal = ending.signal {
                terminal?.signal(signal)
                process?.signal(signal)
            }
            let lastLine: Substring?
            if let terminal {
                #expect(try await terminal.exitCode() == 74)
                lastLine = terminal.picture.text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
            } else {
                #expect(try await process?.exitCode() == 74, "\(process?.errors ?? "")")
                lastLine = process?.errors.split(separator: "\n").last
            }
            #expect(
                lastLine?.hasPrefix("netatmo-dashboard: the token could not be saved, sign in again next time: token file ") == true,
                "\(lastLine ?? "nothing")")
            if ending == .status { #expect(process?.output.contains("Saved: no, the token is in memory alone: ") == true) }
        }

        // MARK: The start

        @Test(
            "on an address that is taken asks nothing of NetAtmo, and leaves the token unspent",
            arguments: [Ending.serve, .plain, .dashboard])
        func addressTaken(command: Ending) async throws {
            try prepareFile()
            let before = FileManager.default.contents(atPath: tokenFile)
            let arguments = command.arguments + simulator.options(tokenFile: tokenFile, addr: "127.0.0.1:\(simulator.port)")
            let environment = Simulator.environment.merging(["XDG_STATE_HOME": folder.path("logs"), "TERM": "xterm-256color"]) { $1 }
            let words: String
            if command == .dashboard {
                let terminal = try ProgramInTerminal(arguments, environment: environment)
                #expect(try await terminal.exitCode() == 1)
                words = terminal.picture.text
            } else {
                let process = try ChildProcess(arguments, environment: environment)
                #expect(try await process.exitCode() == 1)
                words = process.errors
            }
            #expect(words.contains("can't listen on 127.0.0.1:\(simulator.port): Address already in use"))
            #expect(try await requests().isEmpty)
            #expect(FileManager.default.contents(atPath: tokenFile) == before)
        }

        @Test(
            "a directory that is not there yet is made for its owner alone where its parent is; else one line says so",
            arguments: ["serve", "status"])
        func newDirectory(command: String) async throws {
            let process = try ChildProcess(
                [command] + simulator.options(tokenFile: directory + "/token.json"), environment: Simulator.environment)
            _ = try await until("the directory") { FileManager.default.fileExists(atPath: directory) ? true : nil }
            let attributes = try FileManager.default.attributesOfItem(atPath: directory)
            #expect(attributes[.posixPermissions] as? Int == 0o700)
            if command == "serve" {
                _ = try await until("the exporter to listen") { process.errors.contains("exporter started") ? true : nil }
                process.signal(SIGTERM)
            }
            #expect(try await process.exitCode() == (command == "serve" ? 0 : 2), "\(process.errors)")
            let deep = folder.path("none/state/token.json")
            let other = try ChildProcess([command] + simulator.options(tokenFile: deep), environment: Simulator.environment)
            #expect(try await other.exitCode() == 1)
            #expect(
                other.errors
                    == "netatmo-dashboard: token file \(deep): can't make its directory, since \(folder.path("none")) is not there: No such file or directory\n"
            )
            #expect(!FileManager.default.fileExists(atPath: folder.path("none")))
        }
    }
}
