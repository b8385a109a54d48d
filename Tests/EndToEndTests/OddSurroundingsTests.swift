import Foundation
import Testing
import TestSupport

extension EndToEnd {
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

        @Test("without locks warns, and works as ever")
        func noLocks() async throws {
            try writeRefreshToken()
            // No lock can be had of a directory that is to be opened for writing.
            try FileManager.default.createDirectory(atPath: tokenFile + ".lock", withIntermediateDirectories: false)
            let process = try serve()
            _ = try await until("the readings") { process.errors.contains("data ok") ? true : nil }
            let lines = process.errors.split(separator: "\n")
            let warning = try #require(lines.first { $0.contains("no lock, another program could use it too") })
            #expect(warning.contains("warning"))
            #expect(warning.contains(tokenFile))
            #expect(try refreshToken(in: tokenFile) != simulator.refreshToken)
            process.signal(SIGTERM)
            #expect(try await process.exitCode(within: .seconds(5)) == 0)
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
            _ = try await until("the new file", within: .seconds(10)) { process.errors.contains("token taken over") ? true : nil }
            process.signal(SIGTERM)
            #expect(try await process.exitCode(within: .seconds(5)) == 0)
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
