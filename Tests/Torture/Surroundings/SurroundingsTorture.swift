import TestSupport

/// The real program where what is around it stands in its way from the start on: a place that can't be written to, a directory that
/// others share, the signals of a service manager, a port that is taken, too few descriptors, a flood.
///
/// Checked in each case: what NetAtmo gave out last is in the file, or NetAtmo was not asked for anything that would have to be there.
package struct SurroundingsTorture: Torture {
    /// What the summary calls it.
    package let name = "surroundings"
    private let program: String

    /// - Parameter program: The path of the netatmo-dashboard to torture.
    package init(program: String) {
        self.program = program
    }

    /// Does it; see ``Torture/run(_:seed:)``. In full the signals come in three rounds, each time at another moment.
    package func run(_ scale: TortureScale, seed: UInt64) async throws -> TortureResult {
        let bench = SurroundingsBench(program: program)
        return await withTaskGroup(of: TortureResult.self) { group in
            var rest = Self.cases(scale, seed: seed)[...]
            for _ in 0..<Self.width {
                guard let next = rest.popFirst() else { break }
                group.addTask { await bench.run(next) }
            }
            var result = TortureResult()
            while let one = await group.next() {
                result.add(one)
                guard let next = rest.popFirst() else { continue }
                group.addTask { await bench.run(next) }
            }
            result.figures.insert("\(result.cases) cases, \(result.tokensLost) tokens lost", at: 0)
            return result
        }
    }

    /// How many cases run side by side: most of them wait.
    private static let width = 9

    private static func cases(_ scale: TortureScale, seed: UInt64) -> [any SurroundingsCase] {
        let rounds = scale == .full ? 3 : 1
        var signals: [any SurroundingsCase] = []
        for round in 0..<rounds {
            signals += EndingSignalCase.all(inFull: scale == .full, round: round, seed: seed) as [any SurroundingsCase]
        }
        return UnwritablePlaceCase.all + SharedDirectoryCase.all + [TakenPort(), ScarceDescriptors(), PipeliningFlood()] + signals
    }
}

/// One thing that stands in the program's way.
protocol SurroundingsCase: Sendable {
    /// What it is, in a few words.
    var name: String { get }
    /// How long an access token of its NetAtmo lives.
    var tokenLifetime: Duration { get }

    /// Starts the program in it, and looks what becomes of the token.
    ///
    /// - Parameters:
    ///   - files: With a NetAtmo of the case's own.
    ///   - folder: Its place.
    /// - Throws: ``Violation``, ``TokenLost``, or ``FileFaultImpossible`` where this machine does not allow it.
    func run(_ files: FileBench, in folder: TemporaryFolder) async throws
}

extension SurroundingsCase {
    var tokenLifetime: Duration { .seconds(4) }
}
