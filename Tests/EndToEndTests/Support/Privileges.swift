import Glibc
import TestSupport

/// What the tests may do on this machine.
enum Privileges {
    /// Whether namespaces and mounts can be had, and other users can be.
    static let areRoots: Bool = {
        guard geteuid() == 0, let trial = try? SpawnedProcess(["unshare", "-m", "true"]) else { return false }
        trial.waitForEnd()
        return trial.end == .exited(code: 0)
    }()
}
