import Foundation
import TestSupport

/// A command that was run to its end.
///
/// Foundation's `Process` waits until everything that the command left behind has ended too, and tmux leaves its server behind.
enum Command {
    /// Runs a command found in `PATH`, and returns what it wrote to its standard output.
    @discardableResult
    static func run(_ arguments: [String], environment: [String: String], folder: TemporaryFolder) throws -> String {
        let output = folder.path("output")
        try SpawnedProcess(arguments, environment: environment, output: output).waitForEnd()
        return try String(contentsOfFile: output, encoding: .utf8)
    }
}
