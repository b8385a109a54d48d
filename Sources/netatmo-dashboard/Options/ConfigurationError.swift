import OperatingSystem

/// The command line or the environment can't be worked with. Its text names the option and says what it should be.
enum ConfigurationError: Error, Equatable, CustomStringConvertible {
    case invalid(option: String, found: String?, expected: String)
    case missing(option: String, environment: String, expected: String)

    /// What the service manager has passed on.
    case sockets(InheritedSocketsError)

    var description: String {
        switch self {
        case .invalid(let option, let found?, let expected): "\(option): \"\(found)\" is not \(expected)"
        case .invalid(let option, nil, let expected): "\(option): expected \(expected)"
        case .missing(let option, let environment, let expected): "\(option) (or \(environment)) is missing: expected \(expected)"
        case .sockets(let error): error.description
        }
    }
}
