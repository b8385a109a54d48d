import Foundation
import Testing
import TestSupport

extension EndToEndSurroundings {
    /// Signals that come while NetAtmo holds the answer back that has the only pair of tokens that works.
    @Suite("Signals that end the program")
    struct EndingSignalTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator

        init() async throws {
            folder = try TemporaryFolder()
            // Without NetAtmo's limits: many programs ask at once.
            simulator = try await Simulator(["--modules", "2"])
        }

        enum Mode: String, CaseIterable, CustomTestStringConvertible {
            case serve, status, plain

            var testDescription: String { rawValue }
            var argument: String { self == .plain ? "--plain" : rawValue }
        }

        /// All of signal(7) that end a program, but for SIGKILL and those of a crash or of a write that failed.
        private static let signals: [Int32] =
            [SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSTKFLT, 37]

        private struct Program {
            let process: ChildProcess
            let tokenFile: String
            let refreshToken: String

            var pairIsSaved: Bool {
                let saved = (try? String(contentsOfFile: tokenFile, encoding: .utf8)) ?? ""
                return saved.contains("access_token") && !saved.contains(refreshToken)
            }
        }

        private func requestCount() async throws -> Int {
            let answer = try await HTTP.get("http://127.0.0.1:\(simulator.port)/simulator/requests").body
            return answer.firstMatch(of: /"count":(\d+)/).flatMap { Int($0.1) } ?? 0
        }

        /// Starts a program whose renewal has reached NetAtmo, and waits there.
        private func start(_ mode: Mode, _ name: String) async throws -> Program {
            let answer = try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/tokens", form: "").body
            let refreshToken = String(try #require(answer.firstMatch(of: /"refresh_token":"([^"]+)"/)).1)
            let tokenFile = folder.path("\(name).json")
            try #"{"refresh_token":"\#(refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            let fault = #"{"fault":"delay","on":"token","seconds":4}"#
            #expect(try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/faults", form: fault).status < 300)
            let before = try await requestCount()
            let address = mode == .status ? "127.0.0.1:1" : "127.0.0.1:0"
            let environment = Simulator.environment.merging(["XDG_STATE_HOME": folder.path(name)]) { $1 }
            let process = try ChildProcess(
                [mode.argument] + simulator.options(tokenFile: tokenFile, addr: address), environment: environment)
            _ = try await until("the renewal to be under way", every: .milliseconds(20)) {
                try await requestCount() > before ? true : nil
            }
            return Program(process: process, tokenFile: tokenFile, refreshToken: refreshToken)
        }

        @Test("each is taken: the answer that is under way is saved, and the exit code tells the signal", arguments: Mode.allCases)
        func signals(_ mode: Mode) async throws {
            var programs: [(Int32, Program)] = []
            for number in Self.signals {
                let program = try await start(mode, "\(mode)-\(number)")
                program.process.signal(number)
                programs.append((number, program))
            }
            for (number, program) in programs {
                #expect(try await program.process.exitCode() == 128 + number, "signal \(number): \(program.process.errors)")
                #expect(program.pairIsSaved, "signal \(number)")
            }
        }

        @Test("those that follow the first change nothing", arguments: Mode.allCases)
        func pairs(_ mode: Mode) async throws {
            let pairs = [
                [SIGTERM, SIGHUP], [SIGTERM, SIGTERM, SIGTERM], [SIGINT, SIGINT], [SIGHUP, SIGTERM], [SIGUSR1, SIGXCPU, SIGINT],
            ]
            var programs: [([Int32], Program)] = []
            for signals in pairs {
                let program = try await start(mode, "\(mode)-" + signals.map { "\($0)" }.joined(separator: "-"))
                for number in signals {
                    program.process.signal(number)
                    // So that they come one after the other, and not at once in the order of their numbers.
                    try await Task.sleep(for: .milliseconds(50))
                }
                programs.append((signals, program))
            }
            for (signals, program) in programs {
                let asked = [SIGTERM, SIGINT].contains(signals[0])
                let code = asked ? (mode == .status ? 1 : 0) : 128 + signals[0]
                #expect(try await program.process.exitCode() == code, "\(signals): \(program.process.errors)")
                #expect(program.pairIsSaved, "\(signals)")
            }
        }

        @Test("those that were ignored on purpose stay ignored", arguments: [Mode.serve, .plain])
        func ignored(_ mode: Mode) async throws {
            let tokenFile = folder.path("ignored.json")
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            let program = try EndToEndTests.Program.path
            let environment = Simulator.environment.merging(["XDG_STATE_HOME": folder.path("state")]) { $1 }
            let process = try ChildProcess(
                executable: "/bin/sh",
                ["-c", "trap '' HUP USR1 XCPU; exec \"$0\" \"$@\"", program, mode.argument] + simulator.options(tokenFile: tokenFile),
                environment: environment
            )
            let output = { process.output + process.errors }
            _ = try await until("the readings") { output().contains("data ok") ? true : nil }
            for number in [SIGHUP, SIGUSR1, SIGXCPU] { process.signal(number) }
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0, "SIGTERM was the first that counts")
        }

        @Test(
            "the simulator alone tells the signal by its exit code too",
            arguments: [(SIGTERM, 0), (SIGHUP, 128 + SIGHUP)] as [(Int32, Int32)])
        func simulator(_ number: Int32, _ code: Int32) async throws {
            simulator.process.signal(number)
            #expect(try await simulator.process.exitCode() == code)
        }
    }
}
