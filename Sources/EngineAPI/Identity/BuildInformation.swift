/// Which program this is, as `/version` says it.
package struct BuildInformation: Sendable, Hashable, Codable {
    /// The version, such as `0.1.0`.
    package let version: String
    /// The commit it was built from, or `unknown`.
    package let commit: String

    package init(version: String, commit: String) {
        self.version = version
        self.commit = commit
    }
}
