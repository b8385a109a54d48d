import OperatingSystem

/// A web configuration file, or a file that it names, can't be worked with.
package struct WebConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The web configuration file, as the user gave it.
    let path: String
    /// `nil` where it is about the file as a whole.
    let line: Int?
    /// The key in that line; `nil` where it is about none.
    let key: String?
    /// What is expected, without what was found where that may be a secret.
    package let expected: String

    init(path: String, line: Int? = nil, key: String? = nil, expected: String) {
        self.path = path
        self.line = line
        self.key = key.map { $0.harmlessLine(limit: 40) }
        self.expected = expected
    }

    /// Where the fault is, such as `web.json:3: cert_file`.
    package var place: String {
        path + (line.map { ":\($0)" } ?? "") + (key.map { ": \($0)" } ?? "")
    }

    /// One line.
    package var description: String { "\(place): expected \(expected)" }
}
