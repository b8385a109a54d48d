import Foundation
import Testing
import TestSupport

extension EndToEnd {
    /// A container has no systemd; there the unit is taken on trust.
    @Suite("The systemd unit", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")))
    struct ServiceUnitTests {
        private let folder: TemporaryFolder
        private let unit: String

        init() throws {
            folder = try TemporaryFolder()
            unit = folder.path("netatmo-dashboard.service")
            try String(contentsOf: Sources.resource("netatmo-dashboard.service"), encoding: .utf8)
                .replacing("/usr/local/bin/netatmo-dashboard", with: try Program.path)
                .write(toFile: unit, atomically: false, encoding: .utf8)
        }

        @Test("has nothing in it that systemd does not know")
        func verify() async throws {
            let analyze = try ChildProcess(executable: "systemd-analyze", ["verify", "--man=no", unit])
            #expect(try await analyze.exitCode() == 0)
            #expect((analyze.output + analyze.errors).split(separator: "\n").filter { $0.contains("netatmo-dashboard") } == [])
        }

        @Test("leaves the service an exposure of at most 1.5 of 10")
        func exposure() async throws {
            let analyze = try ChildProcess(executable: "systemd-analyze", ["security", "--offline=yes", "--threshold=15", unit])
            #expect(try await analyze.exitCode() == 0, "\(analyze.output)\(analyze.errors)")
        }

        @Test("gives a stop more time than the 30 s for which a request for a token is waited for")
        func stop() throws {
            let text = try String(contentsOfFile: unit, encoding: .utf8)
            let seconds = try #require(text.firstMatch(of: /\nTimeoutStopSec=(\d+)s\n/).flatMap { Int($0.1) })
            #expect(seconds > 35)
        }

        @Test("allows more memory than the 150 MB that is the bound for the largest answer, and no more than a small machine can spare")
        func memory() throws {
            let text = try String(contentsOfFile: unit, encoding: .utf8)
            let megabytes = try #require(text.firstMatch(of: /\nMemoryMax=(\d+)M\n/).flatMap { Int($0.1) })
            #expect((200...300).contains(megabytes))
        }
    }
}
