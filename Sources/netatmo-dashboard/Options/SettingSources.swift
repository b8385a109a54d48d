import Configuration
import FoundationEssentials
import OperatingSystem

/// Where a value comes from; the first of these that has it decides.
enum SettingOrigin: Sendable, Hashable {
    case flag(option: String)
    case environment(variable: String)
    case file(path: String, line: Int, variable: String)

    /// For a message: the option, the variable, or the line.
    var name: String {
        switch self {
        case .flag(let option): option
        case .environment(let variable): variable
        case .file(let path, let line, let variable): "\(path):\(line): \(variable)"
        }
    }
}

/// A value as it is written somewhere.
struct FoundSetting: Sendable, Hashable {
    let text: String
    let origin: SettingOrigin
}

/// What there is beside the command line: the environment, then the configuration file.
struct SettingSources: Sendable {
    /// The process's own, in which its directories are too.
    let environment: [String: String]
    let file: ConfigurationFile?
    private let variables: EnvironmentVariablesProvider

    init(environment: [String: String], file: ConfigurationFile? = nil) {
        self.environment = environment
        self.file = file
        // Blank counts as not set; a file of Windows' lines leaves a carriage return behind each value.
        variables = EnvironmentVariablesProvider(environmentVariables: environment.mapValues(trimmed).filter { !$0.value.isEmpty })
    }

    /// This process's.
    ///
    /// - Parameter config: The configuration file that the command line names.
    /// - Throws: ``ConfigurationError``
    static func current(config: String?) throws(ConfigurationError) -> SettingSources {
        let environment = ProcessInfo.processInfo.environment
        return SettingSources(environment: environment, file: try ConfigurationFile.find(given: config, environment: environment))
    }

    /// What a variable is set to, without blank space around it; `nil` where it is nowhere.
    func found(_ variable: String) -> FoundSetting? {
        inEnvironment(variable) ?? inFile(variable)
    }

    func inEnvironment(_ variable: String) -> FoundSetting? {
        guard let text = try? variables.environmentValue(forName: variable) else { return nil }
        return FoundSetting(text: text, origin: .environment(variable: variable))
    }

    func inFile(_ variable: String) -> FoundSetting? {
        guard let file, let (text, line) = file.found(variable) else { return nil }
        return FoundSetting(text: text, origin: .file(path: file.path, line: line, variable: variable))
    }
}

/// The text without what a user does not see around it: blank space, carriage returns, and the mark that Windows puts before a file.
func trimmed(_ text: String) -> String {
    func isNothing(_ character: Character) -> Bool { character.isWhitespace || character == "\u{FEFF}" }
    return String(text.drop(while: isNothing).reversed().drop(while: isNothing).reversed())
}
