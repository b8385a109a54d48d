import Glibc
import TestSupport

extension PseudoTerminal {
    /// Starts the probe, or a shell script in which `$PROBE` is its path.
    convenience init(
        _ arguments: [String] = [], script: String? = nil, environment: [String: String] = [:], columns: UInt16 = 40, rows: UInt16 = 10
    ) throws {
        let probe = try BuiltProgram.path("TerminalProbe")
        let variables = [
            "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "SWIFT_BACKTRACE": "enable=no", "PROBE": probe,
            "LD_LIBRARY_PATH": getenv("LD_LIBRARY_PATH").map { String(cString: $0) } ?? "",
        ]
        try self.init(
            command: script.map { ["/bin/bash", "-m", "-c", $0] } ?? [probe] + arguments,
            environment: variables.merging(environment) { $1 }, columns: columns, rows: rows
        )
    }
}
