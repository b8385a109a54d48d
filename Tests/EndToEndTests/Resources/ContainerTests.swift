import Foundation
import Testing

extension EndToEnd {
    @Suite("The container files")
    struct ContainerTests {
        /// The shell script of the health check in compose.yaml, for an exporter on that port.
        private func healthCheck(port: Int) throws -> String {
            let compose = try String(contentsOf: Sources.resource("compose.yaml"), encoding: .utf8)
            let script = try #require(compose.firstMatch(of: /- >-\n((?: {10}.*\n)+)/)).1
            let lines = script.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            return lines.joined(separator: " ").replacing("/9210", with: "/\(port)").replacing("$$", with: "$")
        }

        @Test("renew an expired token by themselves, since nobody watches", arguments: ["Containerfile", "compose.yaml"])
        func renewExpired(file: String) throws {
            let text = try String(contentsOf: Sources.resource(file), encoding: .utf8)
            let commands = text.split(separator: "\n").filter { $0.contains(#"["serve""#) }
            #expect(commands.count == 1)
            // By the environment, so that whoever gives another command or another value is obeyed.
            #expect(commands.allSatisfy { $0.hasSuffix(#"["serve"]"#) })
            #expect(text.contains(/\bNETATMO_RENEW_EXPIRED(=true|: "true")/))
        }

        @Test("allow the exporter as much memory as the systemd unit does")
        func memory() throws {
            let compose = try String(contentsOf: Sources.resource("compose.yaml"), encoding: .utf8)
            let exporter = try #require(compose.components(separatedBy: "\n  prometheus:").first)
            let unit = try String(contentsOf: Sources.resource("netatmo-dashboard.service"), encoding: .utf8)
            let megabytes = try #require(unit.firstMatch(of: /\nMemoryMax=(\d+)M\n/)?.1)
            #expect(exporter.contains("\n    mem_limit: \(megabytes)m\n"))
        }

        @Test("find a running exporter healthy")
        func healthy() async throws {
            let exporter = try await ServedReadings()
            let bash = try ChildProcess(executable: "bash", ["-c", try healthCheck(port: exporter.port)])
            #expect(try await bash.exitCode() == 0, "\(bash.errors)")
        }

        @Test("find one that does not answer unhealthy")
        func unhealthy() async throws {
            // Nobody listens on port 1.
            let bash = try ChildProcess(executable: "bash", ["-c", try healthCheck(port: 1)])
            #expect(try await bash.exitCode() != 0)
        }
    }
}
