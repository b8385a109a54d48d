import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("Leaving in bad moments")
    struct LeavingTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
        }

        /// A dashboard that is signed in, with its token in a directory of its own.
        private func dashboard(shows text: String = "data  ok", after preparation: String = ":") async throws -> Tmux {
            try FileManager.default.createDirectory(atPath: folder.path("state"), withIntermediateDirectories: false)
            let file = folder.path("state/token.json")
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: file, atomically: false, encoding: .utf8)
            let options = simulator.options(tokenFile: file).map { "'\($0)'" }.joined(separator: " ")
            let tmux = try Tmux(
                "\(preparation); '\(try Program.path)' \(options); echo \"exit code $?\"", environment: Simulator.environment)
            try await tmux.waits(for: text)
            return tmux
        }

        private func inject(_ fault: String) async throws {
            #expect(try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/faults", form: fault).status < 300)
        }

        /// Quits where that loses the token, which is asked about.
        private func quitTwice(_ tmux: Tmux) async throws {
            try tmux.press("q")
            try await tmux.waits(for: "q again quits")
            try tmux.press("q")
        }

        @Test("while a renewal hangs, the terminal is given back at once, and the renewal is waited for")
        func hangingRenewal() async throws {
            try await inject(#"{"fault":"hang","on":"token","times":1}"#)
            let tmux = try await dashboard(shows: "RENEWING")
            try tmux.press("q")
            let screen = try await tmux.waits(for: "waiting for NetAtmo's answer", within: .seconds(15))
            #expect(!screen.contains("RENEWING"))
            simulator.process.signal(SIGKILL)
            try await tmux.waits(for: "exit code 0")
        }

        @Test("while a fetch hangs, the program ends at once")
        func hangingFetch() async throws {
            try await inject(#"{"fault":"hang","on":"stationsData","times":1}"#)
            let tmux = try await dashboard(shows: "Fetching the readings")
            try tmux.press("?")
            try await tmux.waits(for: "In the main view")
            try tmux.press("q")
            try await tmux.waits(for: "exit code 0", within: .seconds(15))
        }

        @Test("all that was logged is in the log file, without any secret")
        func logFile() async throws {
            let tmux = try await dashboard()
            try tmux.press("q")
            try await tmux.waits(for: "exit code 0")
            let path = "\(tmux.stateHome)/netatmo-dashboard/log"
            let log = try String(contentsOfFile: path, encoding: .utf8)
            for text in ["info exporter started: ", "info token renewed: until ", "info data ok: "] {
                #expect(log.contains(text), "\(log)")
            }
            #expect(
                log.split(separator: "\n").allSatisfy { $0.firstMatch(of: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [a-z]+ \S/) != nil }, "\(log)")
            #expect(!log.contains(simulator.refreshToken))
            #expect(!log.contains("simulator-secret"))
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        }

        @Test("where no file may grow no token is spent, the log says why it is not written, and the end is as ever, since nothing is lost")
        func noRoom() async throws {
            let tmux = try await dashboard(shows: "A new token could not be saved", after: "ulimit -f 0")
            try tmux.press("l")
            try await tmux.waits(for: "Log not written: can't write: File too large")
            try tmux.press("Escape")
            try tmux.press("q")
            let screen = try await tmux.waits(for: "exit code 0")
            #expect(!screen.contains("sign in again next time"))
            #expect(try String(contentsOfFile: folder.path("state/token.json"), encoding: .utf8).contains(simulator.refreshToken))
        }

        @Test("with a token that could not be saved, that is said")
        func unsaved() async throws {
            let tmux = try await dashboard()
            // In one step: while it is emptied, the program may write its memory there.
            try FileManager.default.moveItem(atPath: folder.path("state"), toPath: folder.path("elsewhere"))
            try tmux.press("t")
            try await tmux.waits(for: "not saved")
            try await quitTwice(tmux)
            let screen = try await tmux.waits(for: "exit code 74")
            #expect(screen.contains("the token could not be saved, sign in again next time"))
        }
    }
}
