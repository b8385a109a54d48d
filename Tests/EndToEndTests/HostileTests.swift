import Foundation
import Testing
import TestSupport

extension EndToEndSurroundings {
    @Suite("An account of hostile names")
    struct HostileTests {
        @Test("breaks no tool that reads the metrics")
        func metrics() async throws {
            let exporter = try await ServedReadings(simulated: ["--hostile"], options: ["--home-coach", "--favorites"])
            #expect(try await exporter.promtoolRemarks().allSatisfy { $0.hasPrefix("netatmo_sensor_") }, "names alone, and no error")
            #expect(try await exporter.openMetricsSamples() ?? 0 > 500)
        }

        @Test("tells the same names in the series, in JSON, in the status and in the log")
        func names() async throws {
            let exporter = try await ServedReadings(simulated: ["--hostile"], options: ["--home-coach", "--log-level", "trace"])
            let address = "127.0.0.1:\(exporter.port)"
            let status = try ChildProcess(["status", "--addr", address])
            #expect([0, 3].contains(try await status.exitCode()))
            let json = try await HTTP.get("http://\(address)/api/status").body
            let texts = [try await HTTP.get("http://\(address)/metrics").body, json, status.output]
            for text in texts + [exporter.errors] {
                let harmful = text.unicodeScalars.filter { scalar in
                    switch scalar.value {
                    case 0xA: false
                    case 0...0x1F, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
                    default: false
                    }
                }
                #expect(harmful.isEmpty, "\(harmful.map { String($0.value, radix: 16) })")
            }
            for name in [
                "before\u{FFFD}after", "\u{FFFD}Stue\u{FFFD}\u{FFFD}tabs\u{FFFD}", "\u{FFFD}[2J\u{FFFD}[H", "\u{FFFD}evil\u{FFFD}",
            ] {
                for text in texts { #expect(text.contains(name), "\(name)") }
            }
        }

        @Test("breaks no line of the screen, however far one scrolls")
        func screen() async throws {
            let folder = try TemporaryFolder()
            let simulator = try await Simulator(["--hostile"])
            let tokenFile = folder.path("token.json")
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            let options = simulator.options(tokenFile: tokenFile) + ["--home-coach", "--favorites"]
            let command = options.map { "'\($0)'" }.joined(separator: " ")
            let tmux = try Tmux("'\(try Program.path)' \(command); echo \"exit code $?\"", environment: Simulator.environment)
            try await tmux.waits(for: "● VALID")
            try await tmux.waits(for: "data  ")
            var seen = ""
            for _ in 0..<8 {
                let screen = tmux.screen
                seen += screen
                let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
                let panels = lines.dropFirst().prefix { !$0.hasPrefix("╰") }
                #expect(panels.count > 3)
                #expect(panels.allSatisfy { "╮│┤╯".contains($0.last ?? " ") }, "\(lines.joined(separator: "\n"))")
                #expect(screen.contains("● VALID"))
                try tmux.press("PageDown")
                _ = try await until("the screen to change") { tmux.screen == screen ? nil : true }
            }
            // As the metrics and JSON have these names.
            for name in ["before\u{FFFD}after", "\u{FFFD}Stue\u{FFFD}\u{FFFD}tabs", "\u{FFFD}[2J\u{FFFD}[H"] {
                #expect(seen.contains(name), "\(name)")
            }
            #expect(!seen.unicodeScalars.contains { $0 != "\n" && $0.value < 0x20 || (0x202A...0x202E).contains($0.value) })
            #expect(try tmux.title().contains("owned") == false)
            try tmux.press("q")
            try await tmux.waits(for: "exit code 0")
        }
    }
}
