import TestSupport

/// The real program on the real file system, whose faults come and go: the token file is the old one or the new one, whole, and the
/// program goes on with the token in memory until it can be saved.
package struct FileTorture: Torture {
    /// What the summary calls it.
    package let name = "files"
    private let program: String

    /// - Parameter program: The path of the netatmo-dashboard to torture.
    package init(program: String) {
        self.program = program
    }

    /// Does it; see ``Torture/run(_:seed:)``.
    package func run(_ scale: TortureScale, seed: UInt64) async throws -> TortureResult {
        // Again, to see that a second fault is told and made good as the first one; nothing here is left to chance.
        let rounds = scale == .full ? 3 : 1
        let program = program
        return try await LocalNetatmo.run(tokenLifetime: .seconds(4)) { netatmo in
            try await LocalClient.run { client in
                let bench = FileBench(program: program, netatmo: netatmo, client: client)
                return await withTaskGroup(of: TortureResult.self) { group in
                    for fault in Self.faults { group.addTask { await bench.outlive(fault, rounds: rounds) } }
                    group.addTask { await bench.keepRelativeLink() }
                    group.addTask { await bench.fillDanglingLink() }
                    group.addTask { await bench.leaveForeignFile() }
                    group.addTask { await bench.keepOwner() }
                    return await group.reduce(into: TortureResult()) { $0.add($1) }
                }
            }
        }
    }

    private static let faults: [any FileFault] = [FullDisk(), FileSizeLimit(), ReadOnlyPlace(), VanishedDirectory(), ForeignFile()]
}
