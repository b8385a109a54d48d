import Foundation
import Testing
import TestSupport

extension EndToEndSurroundings {
    @Suite("A clock that is set to whatever")
    struct ClockTests {
        static let clocks = [
            "0001-01-01T00:00:00Z", "1901-12-13T20:45:51Z", "1969-12-31T23:59:58Z", "2106-02-07T06:28:15Z", "4001-01-01T00:00:01Z",
            "9999-12-31T23:59:59Z",
        ]

        private static let paths = [
            "/", "/metrics", "/api/status", "/healthz", "/readyz", "/version", "/auth/authorize", "/debug/data", "/debug/token", "/nothing",
        ]

        @Test("kills nothing: every path is answered, and the program ends when it is asked to", arguments: clocks)
        func paths(time: String) async throws {
            let process = try ChildProcess(["demo", "--plain", "--time", time], environment: Program.environment())
            let port = try await until("the exporter to listen") {
                process.output.firstMatch(of: /exporter started: 127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) }
            }
            for path in Self.paths {
                let status = try await HTTP.get("http://127.0.0.1:\(port)\(path)").status
                #expect([200, 302, 404, 502, 503].contains(status), "\(path): \(status)")
            }
            // No loop without a wait: once it has begun, half a second goes by in which it has used next to no time.
            var (start, before) = (ContinuousClock.now, try await processorTime(port))
            _ = try await until("half a second of rest", every: .milliseconds(500)) { () -> Bool? in
                let (now, used) = (ContinuousClock.now, try await processorTime(port))
                defer { (start, before) = (now, used) }
                return now - start >= .milliseconds(500) && used - before < 0.6 * ((now - start) / .seconds(1)) ? true : nil
            }
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0, "\(process.errors)")
        }

        @Test(
            "kills no screen either: the token, the charts, a module and the help are drawn",
            arguments: ["0001-01-01T00:00:00Z", "1969-12-31T23:59:58Z", "9999-12-31T23:00:00Z"])
        func screen(time: String) async throws {
            let tmux = try Tmux(
                "'\(try Program.path)' demo --seed 7 --time \(time); echo \"exit code $?\"", columns: 140, rows: 40)
            try await tmux.waits(for: "History")
            for keys in [["r"], ["Down", "c"], ["c", "Enter"], ["Escape", "l"], ["l", "?"], ["Escape", "a"], ["Escape", "t"]] {
                for key in keys { try tmux.press(key) }
                try await Task.sleep(for: .milliseconds(100))
            }
            try tmux.press("Escape")
            try tmux.press("q")
            try await tmux.waits(for: "exit code 0")
        }

        private func processorTime(_ port: Int) async throws -> Double {
            let text = try await HTTP.get("http://127.0.0.1:\(port)/metrics").body
            return try #require(text.firstMatch(of: /(?m)^process_cpu_seconds_total (\S+)$/).flatMap { Double($0.1) })
        }
    }
}
