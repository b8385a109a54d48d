import Foundation
import Testing
import TestSupport

extension EndToEnd {
    /// A container has no systemd; there the unit is taken on trust.
    @Suite("The systemd unit", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")))
    struct ServiceUnitTests {
        private let folder: TemporaryFolder
        private let unit: String
        private let socket: String

        init() throws {
            folder = try TemporaryFolder()
            unit = folder.path("netatmo-dashboard.service")
            socket = folder.path("netatmo-dashboard.socket")
            try FileManager.default.copyItem(at: Sources.resource("netatmo-dashboard.socket"), to: URL(fileURLWithPath: socket))
            try String(contentsOf: Sources.resource("netatmo-dashboard.service"), encoding: .utf8)
                .replacing("/usr/local/bin/netatmo-dashboard", with: try Program.path)
                .write(toFile: unit, atomically: false, encoding: .utf8)
        }

        @Test("has nothing in it that systemd does not know, with and without the one of its socket", arguments: [false, true])
        func verify(hasSocket: Bool) async throws {
            let analyze = try ChildProcess(
                executable: "systemd-analyze", ["verify", "--man=no", unit] + (hasSocket ? [socket] : []))
            #expect(try await analyze.exitCode() == 0)
            #expect((analyze.output + analyze.errors).split(separator: "\n").filter { $0.contains("netatmo-dashboard") } == [])
        }

        @Test("leaves the service an exposure of at most 1.5 of 10")
        func exposure() async throws {
            let analyze = try ChildProcess(executable: "systemd-analyze", ["security", "--offline=yes", "--threshold=15", unit])
            #expect(try await analyze.exitCode() == 0, "\(analyze.output)\(analyze.errors)")
        }

        @Test("is one that says that it is ready and that it works, and is given minutes for it: a disk may hang, and hold a new token")
        func notifications() throws {
            let text = try String(contentsOfFile: unit, encoding: .utf8)
            #expect(text.contains("\nType=notify\nNotifyAccess=main\n"))
            let minutes = try #require(text.firstMatch(of: /\nWatchdogSec=(\d+)min\n/).flatMap { Int($0.1) })
            #expect((2...15).contains(minutes))
            #expect(text.contains(/\nRestrictAddressFamilies=.*AF_UNIX/))
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
