/// Every fault of the network and of NetAtmo, each alone and in random sequences with jumps of the clock and wishes of the user.
///
/// Checked in each case: a refresh token is never used once its successor was received; there are never two requests for
/// tokens at once; the file holds the last pair that was received; NetAtmo's limits are not exceeded; after the faults the
/// token is valid and readings come within the longest wait, where the account's pair still lives; where it was lost on its way
/// the program says `rejected` after four refusals, and works again once the user has signed in.
package struct NetworkTorture: Torture {
    /// What is done to the program.
    package let name = "network faults"

    /// How many cases run side by side: most of them wait for a request to be given up.
    private static let width = 8

    /// How long to wait before the memory is looked at: what waits for a time, up to a minute of it, is kept until then, also where
    /// nobody is interested any more.
    private static let calm = Duration.seconds(65)

    /// Creates it.
    package init() {}

    /// Runs each fault alone, then the sequences: 60 in short, 2,000 in full.
    package func run(_ scale: TortureScale, seed: UInt64) async throws -> TortureResult {
        ResidentMemory.returnLargePieces()
        var tally = NetworkTally()
        try await run(FaultPlan.single, seed: seed, into: &tally)
        let count = scale == .full ? 2000 : 60
        let sequences = (1...count).map { FaultPlan.random($0, seed: seed) }
        var memory: [MemoryUse] = []
        for quarter in 0..<4 {
            try await run(Array(sequences[quarter * count / 4..<(quarter + 1) * count / 4]), seed: seed, into: &tally)
            guard quarter == 0 || quarter == 3 else { continue }
            if scale == .full { try await Task.sleep(for: Self.calm) }
            memory.append(MemoryUse())
        }
        return tally.result(
            singles: FaultPlan.single.count, sequences: count, memory: MemoryGrowth(memory, isStrict: scale == .full))
    }

    private func run(_ plans: [FaultPlan], seed: UInt64, into tally: inout NetworkTally) async throws {
        try await withThrowingTaskGroup(of: (String, PlanResult).self) { group in
            var rest = plans[...]
            for _ in 0..<Self.width {
                guard let plan = rest.popFirst() else { break }
                group.addTask { (plan.name, await Self.result(of: plan, seed: seed)) }
            }
            while let (name, result) = try await group.next() {
                tally.add(result, of: name)
                guard let plan = rest.popFirst() else { continue }
                group.addTask { (plan.name, await Self.result(of: plan, seed: seed)) }
            }
        }
    }

    private static func result(of plan: FaultPlan, seed: UInt64) async -> PlanResult {
        do {
            return try await FaultedExporter.run(
                beginsWithAccessToken: plan.beginsWithAccessToken, seed: seed, limit: .milliseconds(400)
            ) { try await $0.carryOut(plan) }
        } catch {
            return PlanResult(failures: ["\(error)"])
        }
    }
}

/// What came of all plans.
private struct NetworkTally {
    private var cases = 0
    private var faults = 0
    private var lostOnTheWay = 0
    private var lostByProgram = 0
    private var rejectedAlive = 0
    private var refusedAlive = 0
    private var failures: [String] = []

    mutating func add(_ result: PlanResult, of name: String) {
        cases += 1
        faults += result.faults
        lostOnTheWay += result.lostOnTheWay ? 1 : 0
        lostByProgram += result.lostByProgram ? 1 : 0
        rejectedAlive += result.rejectedAlive ? 1 : 0
        refusedAlive += result.refusedAlive ? 1 : 0
        failures += result.failures.map { "\(name): \($0)" }
    }

    func result(singles: Int, sequences: Int, memory: MemoryGrowth) -> TortureResult {
        TortureResult(
            cases: cases, faults: faults, tokensLost: lostByProgram, failures: failures + memory.excesses,
            figures: [
                "\(singles) faults alone, \(sequences) sequences",
                "pairs lost on their way, where only a sign-in helps: \(lostOnTheWay) cases",
                "rejected although the pair was alive: \(rejectedAlive) cases; after four false refusals in a row, as it has to be: \(refusedAlive)",
            ] + memory.figures
        )
    }
}
