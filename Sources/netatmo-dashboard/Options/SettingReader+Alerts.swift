import Homes

extension SettingReader {
    /// What the user wants to be told of.
    func alerts(_ given: String?) throws(ConfigurationError) -> [AlertRule] {
        guard let found = found("--alerts", given, "NETATMO_ALERTS"), !found.text.isEmpty else { return [] }
        do throws(AlertRuleError) {
            return try AlertRule.rules(found.text)
        } catch {
            throw .invalid(option: found.origin.name, found: error.text, expected: error.expected)
        }
    }
}

extension SettingParser<String> {
    /// A program by its absolute path: it is run without a shell, wherever this one was started.
    static let program = SettingParser(expectation: "the absolute path of a program, without options") { path in
        path.hasPrefix("/") && !path.hasSuffix("/") && !path.contains("\0") ? path : nil
    }
}
