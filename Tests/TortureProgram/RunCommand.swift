import ArgumentParser
import TestSupport
import Torture

/// All tortures, or one of them.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run", abstract: "Run the tortures one after the other.")

    @Option(help: "Decides everything that is left to chance (default: random).") var seed: UInt64?
    @Option(help: "Only the tortures whose name holds this.") var only: String?
    @Option(help: "How much of each.") var scale: Scale = .full
    @Option(help: "The netatmo-dashboard to torture (default: the one beside this program).") var program: String?

    func run() async throws {
        let seed = seed ?? UInt64.random(in: .min ... .max)
        let program = try program ?? BuiltProgram.path("netatmo-dashboard")
        let all = tortures(program: program)
        let wanted = all.filter { only.map($0.name.contains) ?? true }
        guard !wanted.isEmpty else {
            throw ValidationError("--only: no torture is called that; there are: \(all.map(\.name).joined(separator: ", "))")
        }
        say("seed \(seed)")
        var summary = Summary()
        for torture in wanted {
            say("\(torture.name): runs")
            let start = ContinuousClock.now
            let result = await self.result(of: torture, seed: seed)
            say("\(torture.name): \(result.failures.isEmpty ? "survived" : "FAILED") in \(wholeSeconds(ContinuousClock.now - start)) s")
            summary.add(torture.name, result)
        }
        say(summary.text)
        guard summary.isGood else { throw ExitCode(1) }
    }

    private func tortures(program: String) -> [any Torture] {
        [KillTorture(program: program), FileTorture(program: program), SurroundingsTorture(program: program), NetworkTorture()]
    }

    /// A torture that can't be carried out shows nothing, so it counts as failed.
    private func result(of torture: any Torture, seed: UInt64) async -> TortureResult {
        do {
            return try await torture.run(scale.torture, seed: seed)
        } catch {
            return TortureResult(failures: ["could not be carried out, seed \(seed): \(error)"])
        }
    }
}

/// How much of each torture, as it is asked for.
enum Scale: String, CaseIterable, ExpressibleByArgument {
    case short, full

    var torture: TortureScale {
        switch self {
        case .short: .short
        case .full: .full
        }
    }
}
