extension WebConfiguration {
    /// The largest file that is read, in bytes.
    package static let longest = 65_536

    /// Reads the bytes of a web configuration file; no other file is looked at.
    ///
    /// - Parameter path: The file's, for errors, and for its directory, from which on the files that it names are found.
    /// - Throws: ``WebConfigurationError`` for the first thing that can't be worked with.
    package init(bytes: [UInt8], path: String) throws(WebConfigurationError) {
        guard bytes.count <= Self.longest else {
            throw WebConfigurationError(path: path, expected: "a web configuration file of at most \(Self.longest) bytes")
        }
        let json: PlacedJSON
        do throws(JSONReader.Fault) {
            json = try JSONReader.value(of: bytes)
        } catch {
            let expected = Self.isYAML(bytes) ? Self.asJSON : "JSON: \(error.expected)"
            throw WebConfigurationError(path: path, line: error.line, expected: expected)
        }
        let top = try KeyedSection(json, key: nil, path: path, keys: ["tls_server_config", "basic_auth_users"])
        guard !top.members.isEmpty else {
            throw WebConfigurationError(path: path, line: json.line, expected: "tls_server_config, basic_auth_users, or both")
        }
        tls = try top.section("tls_server_config", keys: TLSSettings.keys).map { section throws(WebConfigurationError) in
            try TLSSettings(section)
        }
        users = try top["basic_auth_users"].map { member throws(WebConfigurationError) in try Self.users(member, path: path) } ?? [:]
    }

    /// The web configuration of other exporters is YAML, which no library reads here without all of Foundation. JSON is a part of it, so
    /// that they read ours.
    private static let asJSON =
        #"this as JSON, which is a part of YAML: {"tls_server_config": {"cert_file": "server.crt", "key_file": "server.key"}}"#

    private static func isYAML(_ bytes: [UInt8]) -> Bool {
        let start = bytes.first { !$0.isBlank }
        return start != UInt8(ascii: "{")
    }

    private static func users(_ member: PlacedJSON.Member, path: String) throws(WebConfigurationError) -> [String: BcryptHash] {
        let section = try KeyedSection(member.value, key: member.name, path: path, keys: nil)
        guard !section.members.isEmpty else {
            throw WebConfigurationError(path: path, line: member.line, key: member.name, expected: "at least one user")
        }
        var users: [String: BcryptHash] = [:]
        for (name, member) in section.members {
            guard !name.isEmpty, !name.contains(":") else {
                throw WebConfigurationError(
                    path: path, line: member.line, key: "basic_auth_users", expected: "names of users that are not empty and have no colon")
            }
            guard case .string(let text) = member.value.value, let hash = BcryptHash(text) else {
                throw WebConfigurationError(path: path, line: member.line, key: name, expected: BcryptHash.expectation)
            }
            users[name] = hash
        }
        return users
    }
}

extension TLSSettings {
    fileprivate static let keys = ["cert_file", "key_file", "client_auth_type", "client_ca_file", "min_version", "max_version"]

    fileprivate init(_ section: KeyedSection) throws(WebConfigurationError) {
        certificate = try section.requiredFile("cert_file")
        key = try section.requiredFile("key_file")
        clientAuthorities = try section.file("client_ca_file")
        clientAuthentication = try section.choice("client_auth_type", of: ClientAuthentication.self) ?? .unwanted
        oldest = try section.choice("min_version", of: Version.self) ?? .tls12
        newest = try section.choice("max_version", of: Version.self) ?? .tls13
        if oldest == .tls13, newest == .tls12 {
            throw section.error("max_version", "min_version or a later one")
        }
        if clientAuthentication.verifies, clientAuthorities == nil {
            throw section.error("client_auth_type", "client_ca_file beside it: the authorities of the certificates that are let in")
        }
        if !clientAuthentication.verifies, clientAuthorities != nil {
            throw section.error("client_ca_file", "client_auth_type VerifyClientCertIfGiven or RequireAndVerifyClientCert beside it")
        }
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self <= 0x20 || self >= 0x7F }
}
