/// Which program this is, as `/version` says it.
public struct BuildInformation: Sendable, Hashable, Codable {
    /// The version, such as `0.1.0`.
    public let version: String
    /// The commit it was built from, or `unknown`.
    public let commit: String

    /// Creates the information.
    public init(version: String, commit: String) {
        self.version = version
        self.commit = commit
    }
}
