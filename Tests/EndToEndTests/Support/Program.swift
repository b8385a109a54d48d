import Foundation

/// The built program, which lies beside the test runner.
enum Program {
    static var path: String {
        get throws {
            let runner = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return URL(fileURLWithPath: runner).deletingLastPathComponent().appendingPathComponent("netatmo-dashboard").path
        }
    }

    /// An environment without anything that the machine's own could bring into a test.
    static func environment(_ changes: [String: String] = [:]) -> [String: String] {
        var environment = ProcessInfo.processInfo.environment.filter { name, _ in
            ["PATH", "HOME", "LD_LIBRARY_PATH", "TMPDIR"].contains(name)
        }
        environment["LC_ALL"] = "C.UTF-8"
        environment["TZ"] = "UTC"
        // A crash must not wait for somebody to press a key.
        environment["SWIFT_BACKTRACE"] = "enable=no"
        return environment.merging(changes) { $1 }
    }
}

/// A directory that is removed with the value.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("netatmo-e2e-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func path(_ name: String) -> String {
        url.appendingPathComponent(name).path
    }
}

/// Something did not happen in time.
struct TimeLimitReached: Error, CustomStringConvertible {
    let description: String
}

/// Looks again and again until there is a value, at most that long.
func until<Value>(_ what: String, within limit: Duration = .seconds(30), _ look: () throws -> Value?) async throws -> Value {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if let value = try look() { return value }
        try await Task.sleep(for: .milliseconds(50))
    }
    throw TimeLimitReached(description: "waited \(limit) for: \(what)")
}
