/// An object of a web configuration file, whose keys are known and stand there once.
struct KeyedSection {
    let members: [String: PlacedJSON.Member]
    private let path: String
    private let line: Int
    private let key: String?

    /// Keys that exporter-toolkit has and this program has not. They are refused rather than passed over: what they ask for is not done.
    private static let foreign: Set = [
        "http_server_config", "rate_limit", "cert", "key", "client_ca", "client_allowed_sans", "cipher_suites", "curve_preferences",
        "prefer_server_cipher_suites",
    ]

    /// - Parameters:
    ///   - key: What the object is the value of.
    ///   - keys: Those that there are; `nil` where all are names that the user chose.
    init(_ json: PlacedJSON, key: String?, path: String, keys: [String]?) throws(WebConfigurationError) {
        guard case .object(let all) = json.value else {
            throw WebConfigurationError(path: path, line: json.line, key: key, expected: "an object {…}, not \(json.kind)")
        }
        var members: [String: PlacedJSON.Member] = [:]
        for member in all {
            func fault(_ expected: String) -> WebConfigurationError {
                WebConfigurationError(path: path, line: member.line, key: member.name, expected: expected)
            }
            if let keys, !keys.contains(member.name) {
                let isForeign = Self.foreign.contains(member.name)
                let known = keys.joined(separator: ", ")
                throw fault(isForeign ? "no such key, for which this program does nothing: there are \(known)" : "one of the keys \(known)")
            }
            guard members.updateValue(member, forKey: member.name) == nil else { throw fault("each key once") }
        }
        self.members = members
        self.path = path
        self.line = json.line
        self.key = key
    }

    subscript(_ name: String) -> PlacedJSON.Member? { members[name] }

    /// The object that a key has as its value.
    func section(_ name: String, keys: [String]) throws(WebConfigurationError) -> KeyedSection? {
        guard let member = members[name] else { return nil }
        return try KeyedSection(member.value, key: name, path: path, keys: keys)
    }

    func error(_ name: String, _ expected: String) -> WebConfigurationError {
        WebConfigurationError(path: path, line: members[name]?.line ?? line, key: name, expected: expected)
    }

    private func text(_ name: String, _ expected: String) throws(WebConfigurationError) -> String? {
        guard let member = members[name] else { return nil }
        guard case .string(let text) = member.value.value, !text.isEmpty, !text.utf8.contains(0) else { throw error(name, expected) }
        return text
    }

    /// One of the values that an enumeration has.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ name: String, of: Choice.Type) throws(WebConfigurationError) -> Choice? {
        let expected = "one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))"
        guard let text = try text(name, expected) else { return nil }
        guard let choice = Choice(rawValue: text) else { throw error(name, expected) }
        return choice
    }

    /// A file; a path that is not absolute begins at the web configuration file's directory.
    func file(_ name: String) throws(WebConfigurationError) -> TLSSettings.NamedFile? {
        guard let text = try text(name, "the path of a file"), let member = members[name] else { return nil }
        let directory = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        return TLSSettings.NamedFile(path: text.hasPrefix("/") ? text : directory + text, key: name, line: member.line)
    }

    func requiredFile(_ name: String) throws(WebConfigurationError) -> TLSSettings.NamedFile {
        guard let file = try file(name) else {
            throw WebConfigurationError(path: path, line: line, key: key, expected: "\(name) in it, the path of a file in the form PEM")
        }
        return file
    }
}
