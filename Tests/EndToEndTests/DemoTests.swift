import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("The demo in a terminal")
    struct DemoTests {
        private func demo(columns: Int = 120, rows: Int = 36, _ arguments: String = "") throws -> Tmux {
            try Tmux("'\(try Program.path)' demo --seed 7 \(arguments); echo \"exit code $?\"", columns: columns, rows: rows)
        }

        @Test("shows a valid token, a countdown that runs, all readings and the history, and q ends it with 0")
        func shows() async throws {
            let tmux = try demo()
            let screen = try await tmux.waits(for: "data  ok")
            for text in [
                "● VALID", "renews at", "saved", "Stue", "Ute", "Regn", "Vind", "km/h", "Loft", "unreachable", "Kjøkken", "/metrics",
            ] {
                #expect(screen.contains(text), "\(text) in:\n\(screen)")
            }
            let countdown = try #require(screen.firstMatch(of: /expires in (\d:\d\d:\d\d)/)).1
            _ = try await until("the countdown to run") {
                tmux.screen.firstMatch(of: /expires in (\d:\d\d:\d\d)/).flatMap { $0.1 == countdown ? nil : true }
            }
            try tmux.press("q")
            try await tmux.waits(for: "exit code 0")
        }

        @Test("says what the keys r and t led to, shows the help, and Esc never quits")
        func keys() async throws {
            let tmux = try demo()
            try await tmux.waits(for: "data  ok")
            try tmux.press("r")
            try await tmux.waits(for: "Held back")
            try tmux.press("t")
            // The token was renewed at the start; on a slow machine that is longer ago than the shortest time between two renewals.
            _ = try await until("what came of t") {
                tmux.screen.contains(/at most one renewal in 10 s|Renewing the token/) ? true : nil
            }
            try tmux.press("?")
            try await tmux.waits(for: "In the main view")
            try tmux.press("Escape")
            try await tmux.waits(forNo: "In the main view")
            try tmux.press("Escape", "Escape", "Down", "Down", "Tab", "j")
            try tmux.press("C-l")
            try await tmux.waits(for: "● VALID")
            try tmux.press("q")
            try await tmux.waits(for: "exit code 0")
        }

        @Test("shows the log, and leaves none behind")
        func log() async throws {
            let tmux = try demo()
            try await tmux.waits(for: "data  ok")
            try tmux.press("l")
            let screen = try await tmux.waits(for: "info    data ok: ")
            #expect(screen.contains("info    exporter started: 127.0.0.1:"))
            #expect(screen.firstMatch(of: /Log \S+\/netatmo-dashboard-\w+\/log/) != nil)
            try tmux.press("l")
            try await tmux.waits(for: "● VALID")
            try tmux.press("q")
            try await tmux.waits(for: "exit code 0")
            #expect(!FileManager.default.fileExists(atPath: tmux.stateHome))
        }

        @Test("follows the size of the terminal down to one line that says what it needs")
        func resizes() async throws {
            let tmux = try demo()
            try await tmux.waits(for: "data  ok")
            try tmux.resize(columns: 80, rows: 24)
            try await tmux.waits(for: "Batt")
            try tmux.resize(columns: 40, rows: 10)
            let small = try await tmux.waits(for: "expires in")
            #expect(small.contains("● VALID"))
            try tmux.resize(columns: 30, rows: 8)
            try await tmux.waits(for: "Needs 40x10")
            try tmux.resize(columns: 200, rows: 50)
            try await tmux.waits(for: "Radio")
            try tmux.press("q")
            try await tmux.waits(for: "exit code 0")
        }

        @Test("draws with ASCII alone where it is asked to")
        func ascii() async throws {
            let tmux = try demo("--ascii --no-color")
            let screen = try await tmux.waits(for: "data  ok")
            // Names stay as NetAtmo sends them.
            let drawn = screen.replacing("Kjøkken", with: "")
            #expect(drawn.filter { !$0.isASCII } == "", "\(screen)")
        }

        private func demo(_ arguments: String) throws -> Tmux {
            try demo(columns: 120, rows: 36, arguments)
        }

        @Test("tells on the normal screen why it could not go on")
        func diesAloud() async throws {
            let simulator = try await Simulator()
            let tmux = try demo("--addr 127.0.0.1:\(simulator.port)")
            let screen = try await tmux.waits(for: "exit code 1")
            #expect(screen.contains("can't listen on 127.0.0.1:\(simulator.port): Address already in use"))
        }

        @Test("serves the readings at /metrics meanwhile, and notices the scrape")
        func scrape() async throws {
            let tmux = try demo()
            let screen = try await tmux.waits(for: "not scraped yet")
            let port = try #require(screen.firstMatch(of: /exporter 127\.0\.0\.1:(\d+)/)).1
            try await tmux.waits(for: "data  ok")
            let answer = try await HTTP.get("http://127.0.0.1:\(port)/metrics")
            #expect(answer.status == 200)
            #expect(answer.body.contains("netatmo_up 1\n"))
            #expect(answer.body.contains("netatmo_sensor_temperature_celsius{home=\"Fjord\",module=\"Stue\""))
            try await tmux.waits(for: "last scrape")
        }
    }
}
