package import FoundationEssentials

/// A directory that is removed with the value.
package final class TemporaryFolder: Sendable {
    /// Its address.
    package let url: URL

    /// Creates one, readable for everybody: a test may run a program as another user.
    package init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("netatmo-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of something in it.
    package func path(_ name: String) -> String {
        url.appendingPathComponent(name).path
    }
}
