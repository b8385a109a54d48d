import FoundationEssentials
import Netatmo

/// Looks settings up: in the command line first, then in the environment. An empty variable counts as one that is not set.
struct SettingReader {
    let environment: [String: String]

    /// An environment variable.
    func text(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The value of a setting; `nil` where it is given nowhere.
    func value<Value: Sendable>(
        _ option: String, _ given: String?, _ variable: String, _ parser: SettingParser<Value>
    ) throws(ConfigurationError) -> Value? {
        guard let found = given ?? text(variable) else { return nil }
        guard let value = parser.parse(found) else {
            throw .invalid(option: given == nil ? variable : option, found: found, expected: parser.expectation)
        }
        return value
    }

    /// Whether something is switched on: by its flag, or by a variable in Go's form of a boolean.
    func flag(_ given: Bool, _ variable: String) throws(ConfigurationError) -> Bool {
        let found = try value(variable, nil, variable, SettingParser.boolean)
        return given || found ?? false
    }

    /// The path of the token file.
    func tokenFile(_ given: String?) throws(ConfigurationError) -> String {
        if let path = try value("--token-file", given, "NETATMO_EXPORTER_TOKEN_FILE", .text) { return path }
        guard let directory = stateDirectory else {
            throw .missing(
                option: "--token-file", environment: "NETATMO_EXPORTER_TOKEN_FILE",
                expected: "a path, since neither HOME nor XDG_STATE_HOME is set"
            )
        }
        return "\(directory)/token.json"
    }

    /// Where the program keeps what it has to remember; `nil` where the environment does not tell.
    var stateDirectory: String? {
        // The XDG Base Directory Specification says to ignore a path that is not absolute.
        if let state = text("XDG_STATE_HOME"), state.hasPrefix("/") { return "\(state)/netatmo-dashboard" }
        guard let home = text("HOME"), home.hasPrefix("/") else { return nil }
        return "\(home)/.local/state/netatmo-dashboard"
    }

    /// The client secret, from the command line, a file, or the environment.
    func clientSecret(_ options: ExporterOptions, files: some FileSystem) throws(ConfigurationError) -> Secret? {
        if let given = options.clientSecret { return try secret(given, option: "--client-secret") }
        if let path = options.clientSecretFile { return try secret(inFile: path, option: "--client-secret-file", files: files) }
        if let given = text("NETATMO_CLIENT_SECRET") { return try secret(given, option: "NETATMO_CLIENT_SECRET") }
        guard let path = text("NETATMO_CLIENT_SECRET_FILE") else { return nil }
        return try secret(inFile: path, option: "NETATMO_CLIENT_SECRET_FILE", files: files)
    }

    private func secret(inFile path: String, option: String, files: some FileSystem) throws(ConfigurationError) -> Secret {
        let bytes: [UInt8]?
        do {
            bytes = try files.contents(of: path, limit: 4096)
        } catch {
            throw .invalid(option: option, found: path, expected: "a readable file (\(error))")
        }
        guard let bytes else { throw .invalid(option: option, found: path, expected: "a file that exists") }
        return try secret(String(decoding: bytes, as: UTF8.self), option: option)
    }

    // The value itself is never part of an error.
    private func secret(_ text: String, option: String) throws(ConfigurationError) -> Secret {
        let trimmed = text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        guard let secret = Secret(String(trimmed)), !trimmed.contains(where: \.isNewline) else {
            throw .invalid(option: option, found: nil, expected: "the client secret, one line that is not empty")
        }
        return secret
    }
}
