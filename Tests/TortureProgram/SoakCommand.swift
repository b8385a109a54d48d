import ArgumentParser
import TestSupport
import Torture

/// The exporter at work for as long as one likes.
struct SoakCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak", abstract: "Let an exporter work for minutes; from the second one on it may not grow."
    )

    @Option(help: "For how many minutes, at least 3.") var minutes = 10
    @Option(help: "Decides the faults (default: random).") var seed: UInt64?

    func validate() throws {
        guard minutes >= 3 else { throw ValidationError("--minutes: at least 3, or there is nothing to compare") }
    }

    func run() async throws {
        let seed = seed ?? UInt64.random(in: .min ... .max)
        let program = try BuiltProgram.path("netatmo-torture")
        say("seed \(seed)")
        let soak = Soak(stretches: minutes) {
            [program, SoakedExporterCommand.commandName, "--api-url", $0, "--token-file", $1]
        }
        var summary = Summary()
        summary.add("soak", try await soak.run(seed: seed) { say($0) })
        say(summary.text)
        guard summary.isGood else { throw ExitCode(1) }
    }
}

/// What the soak starts as its child.
struct SoakedExporterCommand: AsyncParsableCommand {
    static let commandName = "soaked-exporter"
    static let configuration = CommandConfiguration(commandName: commandName, shouldDisplay: false)

    @Option(name: .customLong("api-url")) var apiURL: String
    @Option var tokenFile: String

    func run() async throws {
        try await SoakedExporter(apiURL: apiURL, tokenFile: tokenFile).run()
    }
}
