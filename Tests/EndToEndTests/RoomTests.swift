import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("Rooms of NetAtmo Energy")
    struct RoomTests {
        private let folder: TemporaryFolder

        init() throws {
            folder = try TemporaryFolder()
        }

        @Test("the demo and a screen attached to it show the same rooms, and the past of one can be exported through it")
        func demo() async throws {
            let socket = folder.path("demo.sock")
            let demo = try ProgramInTerminal(["demo", "--seed", "7", "--time", "2026-11-27T18:40:00Z", "--socket", socket])
            // In the order of the homes: the last one has come too.
            try await demo.shows("5 rooms")
            let screen = try ProgramInTerminal(["--socket", socket])
            for shown in [demo, screen] {
                try await shown.shows("5 rooms")
                try await shown.shows("18.2° → 18.0°")
            }
            demo.type("/soverom room\r\r")
            try await demo.shows("Soverom · Room")
            for words in ["Ventil soverom", "Today  Hverdag", "06:00            Dag  18.0 °C", "Boiler · 24 h"] {
                try await demo.shows(words)
            }
            let export = try ChildProcess([
                "history", "export", "--from", "2026-11-01", "--to", "2026-11-02", "--room", "Fjord/Soverom", "--format", "csv", "--socket",
                socket,
            ])
            #expect(try await export.exitCode(within: .seconds(60)) == 0, "\(export.errors)")
            let rows = export.output.split(separator: "\n")
            #expect(rows.count > 48 && rows.allSatisfy { !$0.contains(",Ute,") }, "\(rows.prefix(3)) \(export.errors)")
            demo.type("q")
            #expect(try await demo.exitCode() == 0)
        }

        @Test("a status, where nothing runs, asks for the rooms too")
        func status() async throws {
            let simulator = try await Simulator()
            let tokenFile = folder.path("token.json")
            try await simulator.writePair(to: tokenFile)
            let status = try ChildProcess(
                ["status", "--energy"] + simulator.options(tokenFile: tokenFile), environment: Simulator.environment)
            #expect(try await status.exitCode(within: .seconds(90)) == 0, "\(status.errors)")
            #expect(status.output.contains("Fjord, rooms:") && status.output.contains("Peisestue: temperature"), "\(status.output)")
        }

        @Test("a token without the scope is told once, on the screen too, and the weather stations go on")
        func refused() async throws {
            let simulator = try await Simulator()
            let tokenFile = folder.path("token.json")
            try await simulator.writePair(to: tokenFile, scope: "read_station")
            let screen = try ProgramInTerminal(
                simulator.options(tokenFile: tokenFile) + ["--energy"],
                environment: Simulator.environment.merging(["TERM": "xterm-256color"]) { $1 })
            try await screen.shows("Stue")
            // A refusal is believed once it came twice, half a minute apart.
            _ = try await until("the screen to say it", within: .seconds(90)) {
                screen.picture.text.contains("rooms need a sign-in") ? true : nil
            }
            #expect(screen.picture.text.contains("Ute") && !screen.picture.text.contains("unreachable since"))
            screen.type("q")
            #expect(try await screen.exitCode() == 0)
        }
    }
}
