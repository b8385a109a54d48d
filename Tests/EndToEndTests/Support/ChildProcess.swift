import Foundation

/// A child without a terminal, with its output in files.
final class ChildProcess {
    private let process = Process()
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
        // env becomes the program, so the process is the program's.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [executable] + arguments
        process.environment = Program.environment(environment)
        process.standardInput = try input.map { try FileHandle(forReadingFrom: URL(fileURLWithPath: $0)) } ?? FileHandle.nullDevice
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

    /// Waits for its end, and gives the exit code.
    func exitCode(within limit: Duration = .seconds(20)) async throws -> Int32 {
        try await until("the program to end", within: limit) { process.isRunning ? nil : process.terminationStatus }
    }

    private static func file(_ path: String) throws -> FileHandle {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }
}
