import Foundation
import Testing
import TestSupport

extension EndToEndSurroundings {
    @Suite("The exporter alone, in odd surroundings")
    struct OddSurroundingsTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator
        private var tokenFile: String { folder.path("token.json") }

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
        }

        private func serve(_ more: String...) throws -> ChildProcess {
            try ChildProcess(["serve"] + simulator.options(tokenFile: tokenFile) + more, environment: Simulator.environment)
        }

        private func writeRefreshToken(_ token: String? = nil) throws {
            try #"{"refresh_token":"\#(token ?? simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: true, encoding: .utf8)
        }

        private func refreshToken(in file: String) throws -> String? {
            guard let data = FileManager.default.contents(atPath: file) else { return nil }
            return (try JSONSerialization.jsonObject(with: data) as? [String: Any])?["refresh_token"] as? String
        }

        @Test(
            "does not start where its lock may be somebody else's: one line, exit code 1, and nothing touched",
            arguments: ["directory", "link", "pipe", "hard link"])
        func foreignLock(kind: String) async throws {
            try writeRefreshToken()
            let lock = tokenFile + ".lock"
            let victim = tokenFile + "-victim"
            try "untouched".write(toFile: victim, atomically: false, encoding: .utf8)
            switch kind {
            case "directory": try FileManager.default.createDirectory(atPath: lock, withIntermediateDirectories: false)
            case "link": try FileManager.default.createSymbolicLink(atPath: lock, withDestinationPath: victim)
            case "pipe": try #require(mkfifo(lock, 0o600) == 0)
            default: try FileManager.default.linkItem(atPath: victim, toPath: lock)
            }
            let process = try serve()
            #expect(try await process.exitCode() == 1)
            #expect(process.errors.contains("its lock \(lock) is"))
            #expect(process.errors.split(separator: "\n").count == 1)
            #expect(try String(contentsOfFile: victim, encoding: .utf8) == "untouched")
            #expect(try refreshToken(in: tokenFile) == simulator.refreshToken)
        }

        @Test("listens on every address of a machine whose network has no IPv6")
        func withoutIPv6() async throws {
            try #"{"refresh_token":"x"}"#.write(toFile: tokenFile, atomically: true, encoding: .utf8)
            let program = ([try Program.path, "serve"] + simulator.options(tokenFile: tokenFile) + ["--addr", ":0"])
                .map { "'\($0)'" }.joined(separator: " ")
            let network = "ip link set lo up && ip addr add 192.0.2.5/24 dev lo || exit 77; exec \(program)"
            let process = try ChildProcess(executable: "unshare", ["--net", "sh", "-c", network], environment: Simulator.environment)
            let said = try await until("its start, or its end") {
                let lines = process.errors
                return ["exporter started: :", "can't listen", "unshare", "not permitted", "not found"].contains(where: lines.contains)
                    ? lines : nil
            }
            if said.contains("unshare") || said.contains("not permitted") {
                try Test.cancel("needs the right to make a network")
            }
            #expect(said.contains("exporter started: :"))
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0)
        }

        @Test("names a directory that others may write to, and works in it", arguments: [0o1777, 0o777, 0o770])
        func sharedDirectory(mode: Int) async throws {
            let directory = URL(fileURLWithPath: tokenFile).deletingLastPathComponent().path + "/shared"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
            try #require(chmod(directory, mode_t(mode)) == 0)
            let file = directory + "/token.json"
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: file, atomically: false, encoding: .utf8)
            // Names that somebody else took.
            try FileManager.default.createDirectory(atPath: file + ".tmp", withIntermediateDirectories: false)
            try FileManager.default.createSymbolicLink(atPath: file + ".previous", withDestinationPath: "/nowhere")
            let process = try ChildProcess(["serve"] + simulator.options(tokenFile: file), environment: Simulator.environment)
            _ = try await until("the readings") { process.errors.contains("data ok") ? true : nil }
            let warnings = process.errors.split(separator: "\n").filter { $0.contains("warning") }
            #expect(warnings.contains { $0.contains("write to the token file's directory \(directory) (mode \(String(mode, radix: 8)))") })
            #expect(warnings.contains { $0.contains("\(file).tmp is a directory: it is not this program's, and is left alone") })
            #expect(warnings.contains { $0.contains("\(file).previous is a symbolic link") })
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0)
            #expect(try refreshToken(in: file) != simulator.refreshToken, "it was saved all the same")
            let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
            #expect(names == ["token.json", "token.json.history", "token.json.lock", "token.json.previous", "token.json.tmp"])
        }

        @Test("shows the address to sign in with at every level of the log", arguments: ["error", "fatal", "panic"])
        func keyAtEveryLevel(level: String) async throws {
            let process = try serve("--log-level", level)
            _ = try await until("the address") { process.errors.firstMatch(of: /authorize\?key=([\w-]+)/).map { String($0.1) } }
            process.signal(SIGTERM)
            _ = try await process.exitCode()
            #expect(process.errors.split(separator: "\n").count == 1, "and nothing else: \(process.errors)")
        }

        @Test("a wrong token file and an end before NetAtmo's verdict lose nothing: the pair that works is kept beside the file")
        func wrongFile() async throws {
            try writeRefreshToken()
            let process = try serve()
            _ = try await until("the readings") { process.errors.contains("data ok") ? true : nil }
            let good = try #require(try refreshToken(in: tokenFile))
            try writeRefreshToken("wrong")
            _ = try await until("the new file") { process.errors.contains("token taken over") ? true : nil }
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0)
            #expect(try refreshToken(in: tokenFile) == "wrong")
            #expect(try refreshToken(in: tokenFile + ".previous") == good)
            let next = try serve()
            _ = try await until("the one before to be found") {
                next.errors.contains("token kept: the token before the file's") ? true : nil
            }
        }

        @Test("the status, asked again and again where nothing runs, waits for its turn")
        func pace() async throws {
            try writeRefreshToken()
            let start = ContinuousClock.now
            for _ in 1...3 {
                let process = try ChildProcess(["status"] + simulator.options(tokenFile: tokenFile), environment: Simulator.environment)
                #expect(try await process.exitCode(within: .seconds(30)) == 0)
                #expect(process.errors.isEmpty)
            }
            // A token and three times the readings: 32 s, of which 16 may be ahead and the last fetch needs none.
            #expect(ContinuousClock.now - start >= .seconds(7))
        }
    }
}
