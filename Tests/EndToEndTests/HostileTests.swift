import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("An account of hostile names")
    struct HostileTests {
        @Test("breaks no tool that reads the metrics")
        func metrics() async throws {
            let exporter = try await ServedReadings(simulated: ["--hostile"], options: ["--home-coach", "--favorites"])
            #expect(try await exporter.promtoolRemarks().allSatisfy { $0.hasPrefix("netatmo_sensor_") }, "names alone, and no error")
            #expect(try await exporter.openMetricsSamples() ?? 0 > 500)
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
