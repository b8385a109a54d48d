import FoundationEssentials

/// The built programs, which lie beside the one that runs, be it a test runner or another of them.
package enum BuiltProgram {
    /// The path of a program of this package.
    package static func path(_ name: String) throws -> String {
        let running = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return running.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/" + name
    }

    /// An environment without anything that the machine's own could bring into a test.
    package static func environment(_ changes: [String: String] = [:]) -> [String: String] {
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
