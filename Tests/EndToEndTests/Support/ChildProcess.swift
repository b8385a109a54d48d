import Foundation
import TestSupport

/// A child without a terminal, with its output in a file.
final class ChildProcess {
    private let process: SpawnedProcess
    private let folder: TemporaryFolder

    /// Starts the program.
    convenience init(_ arguments: [String], environment: [String: String] = [:]) throws {
        try self.init(executable: Program.path, arguments, environment: environment)
    }

    /// Starts another program.
    ///
    /// - Parameters:
    ///   - executable: Its path, or its name, which is looked up in `PATH`.
    ///   - input: The file that it reads as its standard input.
    init(executable: String, _ arguments: [String], environment: [String: String] = [:], input: String? = nil) throws {
        folder = try TemporaryFolder()
        process = try SpawnedProcess(
            [executable] + arguments, environment: Program.environment(environment), input: input, output: folder.path("out")
        )
    }

    var processID: Int32 { process.processID }
    /// The lines that it has written so far; all of it, once it has ended.
    var output: String {
        let hasEnded = process.end != nil
        let text = (try? String(contentsOfFile: folder.path("out"), encoding: .utf8)) ?? ""
        return hasEnded ? text : String(text[..<(text.lastIndex(of: "\n").map { text.index(after: $0) } ?? text.startIndex)])
    }
    var errors: String { process.errors }

    func signal(_ number: Int32) {
        process.signal(number)
    }

    /// Waits for its end, and gives the exit code; of one that was killed, the signal.
    func exitCode(within limit: Duration = .seconds(20)) async throws -> Int32 {
        switch try await process.end(within: limit) {
        case .exited(let code): code
        case .killed(let signal): signal
        }
    }
}
