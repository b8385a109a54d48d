import FoundationEssentials
import NetatmoSimulator
import TestSupport

/// The exporter at work for minutes, with short-lived tokens, faults and a scrape every 100 ms: it may not grow, may not miss a renewal,
/// and has to answer each scrape.
package struct Soak: Sendable {
    private let command: @Sendable (_ apiURL: String, _ tokenFile: String) -> [String]
    private let stretches: Int
    private let stretch: Duration

    /// Creates a soak.
    ///
    /// - Parameters:
    ///   - stretches: How many stretches of time are compared; growth is looked for from the second one on.
    ///   - stretch: How long each is. What is shorter than a minute is too short to look for growth of memory.
    ///   - command: What runs ``SoakedExporter`` in a process, by NetAtmo's address and the path of the token file.
    package init(
        stretches: Int, stretch: Duration = .seconds(60),
        command: @escaping @Sendable (_ apiURL: String, _ tokenFile: String) -> [String]
    ) {
        self.stretches = stretches
        self.stretch = stretch
        self.command = command
    }

    /// Does it.
    ///
    /// - Parameters:
    ///   - seed: Decides the faults.
    ///   - tell: Gets a line at the end of each stretch.
    /// - Throws: Where the soak can't be carried out.
    package func run(seed: UInt64, tell: @escaping @Sendable (String) -> Void) async throws -> TortureResult {
        let (command, stretches, stretch) = (command, stretches, stretch)
        return try await LocalNetatmo.run(tokenLifetime: .seconds(20)) { netatmo in
            try await LocalClient.run { client in
                let folder = try TemporaryFolder()
                let tokenFile = folder.path("token.json")
                let refreshToken = await netatmo.netatmo.issueTokens().refresh
                try Data(#"{"refresh_token":"\#(refreshToken)"}"#.utf8).write(to: URL(filePath: tokenFile))
                var bench = try await SoakBench(
                    exporter: ServedExporter(process: SpawnedProcess(command(netatmo.url, tokenFile))), netatmo: netatmo, client: client,
                    seed: seed
                )
                for number in 1...max(stretches, 1) {
                    try await bench.soak(for: stretch)
                    tell("\(stretch == .seconds(60) ? "minute" : "stretch") \(number): \(bench.tally.lastLine)")
                }
                try await bench.stop()
                return bench.tally.result(judgesMemory: stretch >= .seconds(60))
            }
        }
    }
}
