import Foundation
import Glibc
import Testing
import TestSupport

extension EndToEnd {
    @Suite("The health check of the container files")
    struct ContainerHealthTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator
        private var tokenFile: String { folder.path("token.json") }

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
        }

        /// Runs it as it is run in a container, with the settings of the exporter there.
        private func check(socket: String) throws -> ChildProcess {
            let programs = URL(fileURLWithPath: try Program.path).deletingLastPathComponent().path
            let environment = [
                "PATH": "\(programs):/usr/bin:/bin", "NETATMO_SOCKET": socket, "NETATMO_EXPORTER_TOKEN_FILE": tokenFile,
                "NETATMO_CLIENT_ID": "simulator-client", "NETATMO_API_URL": "http://127.0.0.1:\(simulator.port)",
                "NETATMO_EXPORTER_ADDR": "127.0.0.1:1", "NETATMO_RENEW_EXPIRED": "true",
            ]
            let containerfile = try Containerfile()
            let script = try #require(containerfile.healthCheck)
            return try ChildProcess(
                executable: "sh", ["-c", script],
                environment: Simulator.environment.merging(environment) { $1 })
        }

        @Test("finds an exporter healthy that has readings, and one that waits for the first sign-in, and shows neither's readings")
        func healthy() async throws {
            for isSignedIn in [false, true] {
                if isSignedIn { try await simulator.writePair(to: tokenFile) }
                let engine = try await AttachableEngine(simulator, tokenFile: tokenFile, readings: isSignedIn)
                let check = try check(socket: engine.socket)
                #expect(try await check.exitCode() == 0, "\(isSignedIn): \(check.errors)")
                #expect(check.output.isEmpty)
                engine.process.signal(SIGTERM)
                #expect(try await engine.process.exitCode() == 0)
            }
        }

        @Test("finds one that hangs unhealthy, before a container's ten seconds are over")
        func hanging() async throws {
            try await simulator.writePair(to: tokenFile)
            let engine = try await AttachableEngine(simulator, tokenFile: tokenFile)
            engine.process.signal(SIGSTOP)
            let check = try check(socket: engine.socket)
            #expect(try await check.exitCode(within: .seconds(9)) == 1)
            #expect(check.errors.split(separator: "\n").count == 1, "\(check.errors)")
        }

        @Test("finds nothing healthy where no exporter runs, and neither asks NetAtmo nor touches the token")
        func nobody() async throws {
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            let before = try await simulator.requests()
            let check = try check(socket: folder.path("control.sock"))
            #expect(try await check.exitCode() == 1)
            #expect(check.errors == "netatmo-dashboard: no engine listens at \(folder.path("control.sock"))\n")
            #expect(try await simulator.requests() == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.hasPrefix("token.json.") } == [])
        }
    }
}
