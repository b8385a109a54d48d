import Foundation
import Testing

extension EndToEnd {
    @Suite("An account of hostile names")
    struct HostileTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator
        private var tokenFile: String { folder.path("token.json") }

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator(["--hostile"])
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
        }

        private var options: [String] { simulator.options(tokenFile: tokenFile) + ["--home-coach", "--favorites"] }

        @Test("breaks no tool that reads the metrics")
        func metrics() async throws {
            let serve = try ChildProcess(["serve"] + options, environment: Simulator.environment)
            let port = try await until("the exporter to listen") {
                serve.errors.firstMatch(of: /exporter started: 127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) }
            }
            _ = try await until("the readings") { serve.errors.contains("data ok") ? true : nil }
            let text = try await HTTP.get("http://127.0.0.1:\(port)/metrics").body
            let file = folder.path("metrics")
            try text.write(toFile: file, atomically: false, encoding: .utf8)
            let promtool = try ChildProcess(executable: "promtool", ["check", "metrics"], input: file)
            _ = try await promtool.exitCode()
            #expect(!(promtool.output + promtool.errors).contains("error"), "\(promtool.errors)")
            let openMetrics = try await HTTP.get("http://127.0.0.1:\(port)/metrics", accept: "application/openmetrics-text").body
            try openMetrics.write(toFile: file, atomically: false, encoding: .utf8)
            let script = """
                import sys
                from prometheus_client.openmetrics.parser import text_string_to_metric_families
                print(len(list(text_string_to_metric_families(sys.stdin.read()))))
                """
            let python = try ChildProcess(executable: "/usr/bin/python3", ["-c", script], input: file)
            #expect(try await python.exitCode() == 0, "\(python.errors)")
        }

        @Test("breaks no line of the screen, however far one scrolls")
        func screen() async throws {
            let command = options.map { "'\($0)'" }.joined(separator: " ")
            let tmux = try Tmux("'\(try Program.path)' \(command); echo \"exit code $?\"", environment: Simulator.environment)
            try await tmux.waits(for: "● VALID")
            try await tmux.waits(for: "data  ")
            for _ in 0..<8 {
                let screen = tmux.screen
                let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
                let panels = lines.dropFirst().prefix { !$0.hasPrefix("╰") }
                #expect(panels.count > 3)
                #expect(panels.allSatisfy { "╮│┤╯".contains($0.last ?? " ") }, "\(lines.joined(separator: "\n"))")
                #expect(screen.contains("● VALID"))
                try tmux.press("PageDown")
                _ = try await until("the screen to change") { tmux.screen == screen ? nil : true }
            }
            #expect(try tmux.title().contains("owned") == false)
            try tmux.press("q")
            try await tmux.waits(for: "exit code 0")
        }
    }
}
