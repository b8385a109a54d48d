import Foundation
import TestSupport

@testable import WebSecurity

/// A folder with a web configuration file, and what it names.
struct WebFolder: Sendable {
    let folder: TemporaryFolder
    var path: String { folder.path("web.json") }

    /// - Parameters:
    ///   - tls: More members of `tls_server_config`; `nil` for no TLS.
    ///   - users: The hash of each user.
    init(certificate: String = TestCertificates.good, tls: [String: String]? = [:], users: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        try write(certificate, to: "server.crt")
        try write(TestCertificates.key, to: "server.key", mode: 0o600)
        try write(TestCertificates.authority, to: "ca.crt")
        try configure(tls: tls, users: users)
    }

    func configure(tls: [String: String]? = [:], users: [String: String] = [:]) throws {
        var sections: [String: [String: String]] = [:]
        if let tls { sections["tls_server_config"] = ["cert_file": "server.crt", "key_file": "server.key"].merging(tls) { $1 } }
        if !users.isEmpty { sections["basic_auth_users"] = users }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        try write(String(decoding: try encoder.encode(sections), as: UTF8.self), to: "web.json")
    }

    /// Puts another file in the place of one.
    func write(_ text: String, to name: String, mode: Int = 0o644) throws {
        let new = folder.path("new")
        try text.write(toFile: new, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: new)
        guard rename(new, folder.path(name)) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    func protection() throws -> WebProtection { try WebProtection(path: path) }
}
