package import FoundationEssentials
import Glibc
package import OperatingSystem
import Synchronization

/// What of a web configuration file is in force: read when the program starts, and again when one of its files has changed.
package final class WebProtection: Sendable {
    /// What was read at once.
    private struct Content {
        let configuration: WebConfiguration
        let tls: ServerTLS?
        /// Of which versions of the files, by path.
        let versions: [String: FileVersion?]
    }

    /// Judges the users' passwords.
    package let passwords: PasswordDesk
    /// Whether TLS is spoken; that does not change while the program runs, since all addresses that it has told hang on it.
    package let servesTLS: Bool

    private let path: String
    private let files: any FileSystem
    private let content: Mutex<Content>

    /// Reads the file and those that it names.
    ///
    /// - Parameter path: The web configuration file's.
    package convenience init(path: String, files: some FileSystem = LocalFileSystem()) throws(WebConfigurationError) {
        try self.init(path: path, files: files) { PasswordDesk(users: $0) }
    }

    /// - Parameter desk: Makes what judges the passwords of users.
    init(
        path: String, files: some FileSystem = LocalFileSystem(), desk: ([String: BcryptHash]) -> PasswordDesk
    ) throws(WebConfigurationError) {
        let content = try Self.read(path, files)
        self.path = path
        self.files = files
        self.content = Mutex(content)
        servesTLS = content.tls != nil
        passwords = desk(content.configuration.users)
    }

    private static func read(_ path: String, _ files: some FileSystem) throws(WebConfigurationError) -> Content {
        let bytes: [UInt8]
        // Before the bytes: what changes meanwhile is another version.
        var versions = versions(of: [path], files)
        do throws(WholeFile.Fault) {
            bytes = try WholeFile.bytes(of: path, in: files, limit: WebConfiguration.longest)
        } catch {
            throw WebConfigurationError(path: path, expected: error.expected)
        }
        let configuration = try WebConfiguration(bytes: bytes, path: path)
        versions.merge(Self.versions(of: configuration.tls?.files.map(\.path) ?? [], files)) { first, _ in first }
        let tls = try configuration.tls.map { settings throws(WebConfigurationError) in
            try ServerTLS(settings, path: path, files: files)
        }
        return Content(configuration: configuration, tls: tls, versions: versions)
    }

    /// What the next connection speaks; `nil` for plain HTTP.
    package var tls: ServerTLS? { content.withLock { $0.tls } }

    /// What a client needs beside the address, such as `with a password`; `nil` for nothing.
    package var demand: String? {
        let (authentication, hasUsers) = content.withLock {
            ($0.tls?.clientAuthentication ?? .unwanted, !$0.configuration.users.isEmpty)
        }
        let words = (authentication.requires ? ["a client certificate"] : []) + (hasUsers ? ["a user's password"] : [])
        return words.isEmpty ? nil : "with " + words.joined(separator: " and ")
    }

    /// A certificate whose time is over, in a line for the user; `nil` where it is not.
    package func warning(at now: Date) -> String? {
        guard let expiry = tls?.expiry, expiry < now else { return nil }
        return "\(path): the certificate of cert_file expired at \(RFC3339.text(expiry)): clients refuse it"
    }
}

// MARK: - Changes

extension WebProtection {
    /// Which versions of the files were read.
    var versionsRead: [String: FileVersion?] { content.withLock { $0.versions } }

    /// Which versions of the same files there are now.
    var versions: [String: FileVersion?] {
        Self.versions(of: Array(versionsRead.keys), files)
    }

    /// What can't be looked at is no version: to read it says why.
    private static func versions(of paths: [String], _ files: some FileSystem) -> [String: FileVersion?] {
        Dictionary(paths.map { ($0, (try? files.version(of: $0)) ?? nil) }) { first, _ in first }
    }

    /// The names that lead to the files, by directory; `nil` where they can't be followed.
    func names() -> [String: Set<String>]? {
        Self.names(of: Array(versionsRead.keys), files)
    }

    private static func names(of paths: [String], _ files: some FileSystem) -> [String: Set<String>]? {
        var names: [String: Set<String>] = [:]
        for path in paths {
            guard let more = try? DurableFile(path: path, system: files).names() else { return nil }
            names.merge(more) { $0.union($1) }
        }
        return names
    }

    /// Reads the files again. Where they can't be worked with, what was read before stays in force.
    func readAgain() throws(WebConfigurationError) {
        let new = try Self.read(path, files)
        guard (new.tls != nil) == servesTLS else {
            throw WebConfigurationError(
                path: path, expected: "tls_server_config as at the start: to \(servesTLS ? "go" : "come") it takes a restart")
        }
        content.withLock { $0 = new }
        passwords.replace(users: new.configuration.users)
    }
}
