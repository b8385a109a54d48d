import TestSupport

/// Kills the real program by SIGKILL, at random instants and aimed at the one window that no client can close.
///
/// Screens are attached to it meanwhile, of which one reads nothing, and one presses keys without end.
/// NetAtmo's tokens live 2 s, so the program renews once a second, and at each start. After every kill it is started again and
/// has to be signed in by itself: what its file holds then works at NetAtmo.
package struct KillTorture: Torture {
    /// What the summary calls it.
    package let name = "kill -9"
    private let program: String

    /// - Parameter program: The path of the netatmo-dashboard to kill.
    package init(program: String) {
        self.program = program
    }

    /// Does it; see ``Torture/run(_:seed:)``.
    package func run(_ scale: TortureScale, seed: UInt64) async throws -> TortureResult {
        let plan = KillPlan(scale)
        let program = program
        return try await LocalNetatmo.run(tokenLifetime: .seconds(2)) { netatmo in
            try await LocalClient.run { client in
                var bench = try KillBench(program: program, netatmo: netatmo, client: client, seed: seed)
                try await bench.signIn()
                return try await withThrowingTaskGroup(of: Void.self) { [screens = bench.screens] group in
                    group.addTask { await screens.run() }
                    defer { group.cancelAll() }
                    for _ in 0..<plan.random { try await bench.killAtRandom() }
                    for _ in 0..<plan.aimed { try await bench.killAimed() }
                    try await bench.stopByTerm()
                    return bench.result
                }
            }
        }
    }
}

/// How often.
private struct KillPlan {
    let random: Int
    let aimed: Int

    init(_ scale: TortureScale) {
        switch scale {
        case .short: (random, aimed) = (12, 4)
        case .full: (random, aimed) = (300, 100)
        }
    }
}
