import CBuildInformation
import EngineAPI

extension BuildInformation {
    /// This program. Its version stands here alone, as semver has it; `make release-check` asks the changelog for it.
    static let current = BuildInformation(version: "0.1.0", commit: String(cString: build_commit()))

    /// As `--version` prints it: `0.1.0 (4f1c09a2b7de)`, or `0.1.0 (unknown)` where it was built outside of a checkout.
    var line: String { "\(version) (\(commit.prefix(12)))" }
}
