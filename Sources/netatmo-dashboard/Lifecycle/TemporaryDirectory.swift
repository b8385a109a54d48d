import FoundationEssentials
import Glibc
import OperatingSystem

/// A directory of its own for as long as something runs.
enum TemporaryDirectory {
    /// Runs `body` with the path of a new directory of mode 0700, and removes the directory afterwards.
    static func with(_ body: (String) async throws -> Void) async throws {
        let base = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var template = Array("\(base)/netatmo-dashboard-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw FileError(operation: "create a directory in \(base)", code: errno) }
        let path = String(characters: template)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }
}
