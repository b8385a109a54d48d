import Glibc
import NetatmoSimulator
import TestSupport

/// A signal that comes while NetAtmo's answer to a request for a token is on its way: the pair in it has to be in the file in the end.
struct EndingSignalCase: SurroundingsCase {
    let command: String
    let first: Int32
    /// A service manager that loses patience, or a terminal that goes with the program.
    let second: Int32?
    /// How long after NetAtmo got the request, in milliseconds.
    let delay: Int

    /// The file has no access token, and the one that comes is not to be renewed in between.
    let tokenLifetime = Duration.seconds(10_800)

    var name: String {
        let signals = [first, second].compactMap { $0 }.map(Self.word).joined(separator: " and ")
        return "\(command), \(signals) \(delay) ms after a token was asked for"
    }

    func run(_ files: FileBench, in folder: TemporaryFolder) async throws {
        let tokenFile = folder.path("token.json")
        try await files.signIn(tokenFile)
        await files.netatmo.netatmo.inject(.delay(.milliseconds(Self.answerTime)), on: .token)
        let exporter = try files.start([command], tokenFile: tokenFile)
        try await files.wait(for: "a request for a token", of: exporter) { await files.tokenRequests > 0 }
        try await Task.sleep(for: .milliseconds(delay))
        exporter.process.signal(first)
        if let second {
            try await Task.sleep(for: .milliseconds(100))
            exporter.process.signal(second)
        }
        let end = try await exporter.process.end(within: FileBench.limit)
        if case .killed = end { throw TokenLost(description: "killed before the answer came; \(exporter.lastWords)") }
        try Violation.unless(expectedEnds.contains(end), "ended by \(end); \(exporter.lastWords)")
        try await files.expectTokenInFile(tokenFile, after: exporter)
        guard await files.tokenRequests == 1 else { throw Violation(description: "the token was asked for more than once") }
    }

    /// How long NetAtmo takes for a pair, in milliseconds.
    private static let answerTime = 900

    /// A request to stop is no failure; whoever else ends the program is told by the exit code, as a shell tells it.
    private var expectedEnds: Set<SpawnedProcess.End> {
        let signals = [first, second].compactMap { $0 }
        // `status` that is stopped has not done what was asked for.
        let stopped: Int32 = command == "status" ? 1 : 0
        return Set(signals.map { .exited(code: Self.stops.contains($0) ? stopped : 128 + $0) })
    }

    private static let stops = [SIGINT, SIGTERM]
    private static let endings = [SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU, SIGVTALRM, SIGPROF]
    private static let pairs = [(SIGTERM, SIGHUP), (SIGINT, SIGQUIT), (SIGHUP, SIGTERM), (SIGUSR1, SIGXCPU)]

    /// In short the signals of a service manager and of a limit, for each command one; in full all of them for each.
    static func all(inFull isFull: Bool, round: Int, seed: UInt64) -> [EndingSignalCase] {
        var generator = SeededGenerator(seed: seed &+ UInt64(round))
        func one(_ command: String, _ first: Int32, _ second: Int32? = nil) -> EndingSignalCase {
            EndingSignalCase(command: command, first: first, second: second, delay: Int.random(in: 0...300, using: &generator))
        }
        guard isFull else {
            return [
                one("serve", SIGTERM, SIGHUP), one("serve", SIGHUP), one("serve", SIGPROF), one("--plain", SIGXCPU), one("status", SIGUSR1),
            ]
        }
        return ["serve", "--plain", "status"].flatMap { command in
            (stops + endings).map { one(command, $0) } + pairs.map { one(command, $0.0, $0.1) }
        }
    }

    private static func word(_ signal: Int32) -> String {
        let words = [
            SIGINT: "INT", SIGTERM: "TERM", SIGHUP: "HUP", SIGQUIT: "QUIT", SIGUSR1: "USR1", SIGUSR2: "USR2", SIGALRM: "ALRM",
            SIGXCPU: "XCPU", SIGVTALRM: "VTALRM", SIGPROF: "PROF",
        ]
        return words[signal].map { "SIG" + $0 } ?? "signal \(signal)"
    }
}
