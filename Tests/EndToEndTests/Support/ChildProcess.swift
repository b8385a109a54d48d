import Foundation

/// The program as a child without a terminal, with its output in files.
final class ChildProcess {
    private let process = Process()
    private let folder: TemporaryFolder

    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        process.executableURL = URL(fileURLWithPath: try Program.path)
        process.arguments = arguments
        process.environment = Program.environment(environment)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.file(folder.path("out"))
        process.standardError = try Self.file(folder.path("err"))
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    var processID: Int32 { process.processIdentifier }
    var output: String { (try? String(contentsOfFile: folder.path("out"), encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOfFile: folder.path("err"), encoding: .utf8)) ?? "" }

    func signal(_ number: Int32) {
        kill(process.processIdentifier, number)
    }

    /// Waits for its end.
    func exitCode(within limit: Duration = .seconds(20)) async throws -> Int32 {
        try await until("the program to end", within: limit) { process.isRunning ? nil : process.terminationStatus }
    }

    private static func file(_ path: String) throws -> FileHandle {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }
}
