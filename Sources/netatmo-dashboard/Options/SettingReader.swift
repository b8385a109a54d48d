import OperatingSystem

/// Looks settings up: in the command line first, then in the environment, then in the configuration file. A blank variable counts as one
/// that is not set.
struct SettingReader {
    let sources: SettingSources

    /// What a variable is set to, without blank space around it.
    func text(_ variable: String) -> String? { sources.found(variable)?.text }

    /// What a setting is set to; `nil` where it is given nowhere.
    func found(_ option: String, _ given: String?, _ variable: String) -> FoundSetting? {
        given.map { FoundSetting(text: trimmed($0), origin: .flag(option: option)) } ?? sources.found(variable)
    }

    /// The value of a setting, read without blank space around it; `nil` where it is given nowhere.
    func value<Value: Sendable>(
        _ option: String, _ given: String?, _ variable: String, _ parser: SettingParser<Value>
    ) throws(ConfigurationError) -> Value? {
        guard let found = found(option, given, variable) else { return nil }
        guard let value = parser.parse(found.text) else {
            throw .invalid(option: found.origin.name, found: found.text, expected: parser.bound(found.text) ?? parser.expectation)
        }
        return value
    }

    /// Whether something is switched on: by its flag, else by a variable that holds a boolean.
    func flag(_ given: Bool?, _ variable: String, else standard: Bool = false) throws(ConfigurationError) -> Bool {
        let found = try value(variable, nil, variable, SettingParser.boolean)
        return given ?? found ?? standard
    }

    /// How often the readings are fetched; one that is too short is raised to the shortest that there is.
    ///
    /// - Parameter more: The options with which each fetch asks once more.
    func refreshInterval(_ given: String?, more: [String]) throws(ConfigurationError) -> (Duration, SettingWarning?) {
        let (option, variable) = ("--refresh-interval", "NETATMO_REFRESH_INTERVAL")
        guard let interval = try value(option, given, variable, SettingParser.interval) else { return (.seconds(480), nil) }
        // NetAtmo allows 500 requests an hour.
        let lowest = Duration.seconds(10 * (1 + more.count))
        let words = "\(10 * (1 + more.count))s" + (more.isEmpty ? "" : " with " + more.joined(separator: " and "))
        guard interval < lowest, let found = found(option, given, variable) else { return (interval, nil) }
        return (lowest, .raised(option: found.origin.name, found: found.text, to: words))
    }

    /// The path of the token file. One of the command line is taken to the letter.
    func tokenFile(_ given: String?) throws(ConfigurationError) -> String {
        if try value("--token-file", given, "NETATMO_EXPORTER_TOKEN_FILE", .text) != nil,
            let path = given ?? text("NETATMO_EXPORTER_TOKEN_FILE")
        {
            return path
        }
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
        if let state = sources.environment["XDG_STATE_HOME"], state.hasPrefix("/") { return "\(state)/netatmo-dashboard" }
        guard let home = sources.environment["HOME"], home.hasPrefix("/") else { return nil }
        return "\(home)/.local/state/netatmo-dashboard"
    }

    /// The client secret: from the command line, else from the environment, else from the configuration file, and of each of them by
    /// itself before by the file that holds it.
    func clientSecret(_ options: NetatmoOptions, files: some FileSystem) throws(ConfigurationError) -> GivenSecret? {
        if let given = options.clientSecret { return try secret(given, option: "--client-secret") }
        if let path = options.clientSecretFile { return try secret(inFile: path, option: "--client-secret-file", files: files) }
        for source in [sources.inEnvironment, sources.inFile] {
            if let given = source(Setting.clientSecret) { return try secret(given.text, option: given.origin.name) }
            guard let path = source("NETATMO_CLIENT_SECRET_FILE") else { continue }
            return try secret(inFile: path.text, option: path.origin.name, files: files)
        }
        return nil
    }

    private func secret(inFile path: String, option: String, files: some FileSystem) throws(ConfigurationError) -> GivenSecret {
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
    private func secret(_ text: String, option: String) throws(ConfigurationError) -> GivenSecret {
        let trimmed = trimmed(text)
        guard let secret = Secret(trimmed), !trimmed.contains(where: \.isNewline) else {
            throw .invalid(option: option, found: nil, expected: "the client secret, one line that is not empty")
        }
        return GivenSecret(secret: secret, warning: SettingWarning.quotes(in: trimmed, of: option))
    }
}

/// The client secret, and what may be wrong with it.
struct GivenSecret {
    let secret: Secret
    let warning: SettingWarning?
}
