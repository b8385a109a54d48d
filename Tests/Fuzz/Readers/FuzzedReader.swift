/// A reader of bytes from outside, and what has to hold whatever the bytes are.
///
/// The same properties are checked by libFuzzer (`make fuzz`), and in short by the tests.
enum FuzzedReader: String, CaseIterable, Sendable, CustomStringConvertible {
    /// The token file: reading, judging, writing back.
    case tokenFile = "token-file"
    /// NetAtmo's answers: stations, grants and errors.
    case answer
    /// The query of the HTTP callback, and the address that a user pastes in its place.
    case callback
    /// The headers that say when to come back.
    case retryAfter = "retry-after"
    /// What an exporter that runs already says of itself, or whatever else listens there.
    case status
    /// The lines in which an engine tells its state over the control socket.
    case state
    /// The engine's own file of events, counters and requests.
    case history
    /// The engine's own file of curves.
    case charts
    /// The web configuration file.
    case webConfiguration = "web-configuration"

    var description: String { rawValue }

    /// Reads the bytes.
    ///
    /// - Throws: ``Violation`` where a property does not hold. That the bytes are refused is none.
    func check(_ bytes: [UInt8]) throws(Violation) {
        switch self {
        case .tokenFile: try TokenFileProperties.check(bytes)
        case .answer: try AnswerProperties.check(bytes)
        case .callback: try CallbackProperties.check(bytes)
        case .retryAfter: try RetryAfterProperties.check(bytes)
        case .status: try StatusProperties.check(bytes)
        case .state: try StateProperties.check(bytes)
        case .history: try MemoryProperties.check(history: bytes)
        case .charts: try MemoryProperties.check(charts: bytes)
        case .webConfiguration: try WebConfigurationProperties.check(bytes)
        }
    }
}

/// A property that did not hold.
struct Violation: Error, CustomStringConvertible {
    let description: String
}

/// Fails where a property does not hold.
func require(_ holds: Bool, _ property: @autoclosure () -> String) throws(Violation) {
    guard holds else { throw Violation(description: property()) }
}

/// A message for the user has to be one line without control characters, and short enough to read.
func requireOneLine(_ message: String) throws(Violation) {
    let isClean = message.unicodeScalars.allSatisfy { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
    try require(isClean && (1...400).contains(message.count), "not one readable line: \(message.debugDescription)")
}
